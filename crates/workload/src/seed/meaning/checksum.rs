//! Numbers with check digits, which programs verify: made up, and right.

use super::digits;
use crate::seed::language::Language;

/// How many bar codes there are.
pub(super) const BARCODES: u64 = 10_000_000_000;
/// How many numbers of books there are.
pub(super) const ISBNS: u64 = 100_000_000;
/// How many account numbers there are.
pub(super) const IBANS: u64 = 10_000_000_000;
/// How many numbers for value added tax there are.
pub(super) const VAT_NUMBERS: u64 = 10_000_000;

/// An EAN-13. Those that begin with 2 are for use within a shop: no product in the world has it.
pub(super) fn write_barcode(number: u64, out: &mut String) {
    write_thirteen(200_000_000_000 + number, out);
}

/// An ISBN. No country has those that begin with 979 and 9.
pub(super) fn write_isbn(number: u64, out: &mut String) {
    write_thirteen(979_900_000_000 + number, out);
}

fn write_thirteen(body: u64, out: &mut String) {
    digits::padded(body, 12, out);
    let sum: u64 = (0..12)
        .map(|place| body / 10_u64.pow(place) % 10 * if place % 2 == 0 { 3 } else { 1 })
        .sum();
    digits::number((10 - sum % 10) % 10, out);
}

/// A German IBAN at a bank that does not exist.
pub(super) fn write_iban(account: u64, out: &mut String) {
    // Bank 00000000, account, "DE" as 1314, and 00 where the check digits go; 98 minus the rest by 97.
    let rest = (u128::from(account) * 1_000_000 + 131_400) % 97;
    out.push_str("DE");
    digits::padded(98 - rest as u64, 2, out);
    out.push_str("00000000");
    digits::padded(account, 10, out);
}

/// A number of the European Union, of no country in it, or a Russian taxpayer's number of the region 00, which does not exist.
pub(super) fn write_vat_number(number: u64, language: Language, out: &mut String) {
    match language {
        Language::English => {
            out.push_str("EU");
            digits::padded(number, 9, out);
        }
        Language::Russian => {
            digits::padded(number, 9, out);
            // From the last digit to the first.
            let weights = [8, 6, 4, 9, 5, 3, 10, 4, 2];
            let sum: u64 = (0..)
                .zip(weights)
                .map(|(place, weight)| number / 10_u64.pow(place) % 10 * weight)
                .sum();
            digits::number(sum % 11 % 10, out);
        }
    }
}
