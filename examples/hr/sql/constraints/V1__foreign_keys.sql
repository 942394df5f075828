-- Not valid at first, so that they lock the tables for a moment only; then every row is looked at.

alter table countries add constraint countries_region
  foreign key (region_id) references regions not valid;
alter table locations add constraint locations_country
  foreign key (country_id) references countries not valid;
alter table departments add constraint departments_location
  foreign key (location_id) references locations not valid;
alter table departments add constraint departments_manager
  foreign key (manager_id) references employees not valid;
alter table employees add constraint employees_job
  foreign key (job_id) references jobs not valid;
alter table employees add constraint employees_department
  foreign key (department_id) references departments not valid;
alter table employees add constraint employees_manager
  foreign key (manager_id) references employees not valid;
alter table job_history add constraint job_history_employee
  foreign key (employee_id) references employees not valid;
alter table job_history add constraint job_history_job
  foreign key (job_id) references jobs not valid;

alter table countries validate constraint countries_region;
alter table locations validate constraint locations_country;
alter table departments validate constraint departments_location;
alter table departments validate constraint departments_manager;
alter table employees validate constraint employees_job;
alter table employees validate constraint employees_department;
alter table employees validate constraint employees_manager;
alter table job_history validate constraint job_history_employee;
alter table job_history validate constraint job_history_job;
