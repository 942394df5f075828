create or replace function yearly_salary(employee numeric) returns numeric
language plpgsql stable
as $$
declare
  monthly numeric;
  factor numeric;
begin
  select salary, coalesce(commission, 0) into strict monthly, factor
  from hr.employees where employee_id = employee;
  return round(12 * monthly * (1 + factor), 2);
end;
$$;
