-- name: list_employees
-- answers: Who works in the shop today, where, for whom, and in which roles.
-- kind: read
-- weight: 1
SELECT
    employee.name,
    department.name AS department,
    department.head_id = employee.id AS is_head,
    manager.name AS manager,
    (
        SELECT string_agg(role.name, ', ' ORDER BY role.name)
        FROM role_assignment
        JOIN role ON role.code = role_assignment.role_code
        WHERE role_assignment.employee_id = employee.id AND role_assignment.during @> current_date
    ) AS roles
FROM employee
JOIN department ON department.id = employee.department_id
LEFT JOIN employee AS manager ON manager.id = employee.manager_id
WHERE employee.hired_on <= current_date AND (employee.left_on IS NULL OR employee.left_on >= current_date)
ORDER BY department.name, employee.name;
