DROP TABLE role_assignment;
DROP TABLE role;
ALTER TABLE department DROP CONSTRAINT department_led_by_employee;
DROP TABLE employee;
DROP TABLE department;
