-- Each row has one of several parents to itself.
create table post_report (id bigserial primary key, reason text not null);
create table comment_report (id bigserial primary key, reason text not null);
create table report (
    id bigserial primary key,
    post_report_id bigint unique references post_report,
    comment_report_id bigint unique references comment_report,
    check (num_nonnulls(post_report_id, comment_report_id) = 1)
);
create table verification (id bigserial primary key, post_report_id bigint unique references post_report, token text not null);
