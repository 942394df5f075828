create or replace function employee_count(department numeric) returns bigint
language sql stable
as $$
  select count(*) from hr.employees where department_id = department;
$$;
