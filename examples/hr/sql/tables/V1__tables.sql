-- Tables and primary keys only: what else they need comes when their rows are there.

create table regions (
  region_id numeric(6) primary key,
  region_name varchar(40) not null
);

create table countries (
  country_id char(2) primary key,
  country_name varchar(60) not null,
  region_id numeric(6) not null
);

create table locations (
  location_id numeric(6) primary key,
  street_address varchar(80),
  postal_code varchar(12),
  city varchar(40) not null,
  country_id char(2) not null
);

create table departments (
  department_id numeric(6) primary key,
  department_name varchar(60) not null,
  manager_id numeric(8),
  location_id numeric(6)
);

create table jobs (
  job_id varchar(12) primary key,
  job_title varchar(60) not null,
  min_salary numeric(8, 2),
  max_salary numeric(8, 2)
);

create table employees (
  employee_id numeric(8) primary key,
  first_name varchar(40),
  last_name varchar(40) not null,
  email varchar(60) not null,
  -- NUMBER without a scale: as many digits as somebody has written
  bonus_factor numeric,
  salary numeric(8, 2),
  -- DATE has a time of day in Oracle
  hire_date timestamp(0) not null,
  job_id varchar(12) not null,
  manager_id numeric(8),
  department_id numeric(6),
  -- DMS writes large values after the row, so they must be allowed to be missing
  resume text,
  photo bytea
);

create table job_history (
  employee_id numeric(8) not null,
  start_date timestamp(0) not null,
  end_date timestamp(0) not null,
  job_id varchar(12) not null,
  department_id numeric(6),
  primary key (employee_id, start_date)
);
