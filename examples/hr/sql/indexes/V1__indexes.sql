create index employees_department on employees (department_id);
create index employees_manager on employees (manager_id);
create index employees_name on employees (last_name, first_name);
create unique index employees_email on employees (lower(email));
create index departments_location on departments (location_id);
create index job_history_job on job_history (job_id);
