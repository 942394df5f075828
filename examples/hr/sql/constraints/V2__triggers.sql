create function keep_job_history() returns trigger
language plpgsql
as $$
begin
  insert into hr.job_history (employee_id, start_date, end_date, job_id, department_id)
  values (old.employee_id, old.hire_date, localtimestamp(0), old.job_id, old.department_id)
  on conflict do nothing;
  return new;
end;
$$;

create trigger employees_job_history
  after update of job_id, department_id on employees
  for each row when (old.job_id is distinct from new.job_id
    or old.department_id is distinct from new.department_id)
  execute function keep_job_history();
