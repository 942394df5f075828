-- Tables and primary keys only: what else they need comes when their rows are there.

create table regions (
  region_id smallint primary key,
  region_name varchar(25)
);

create table countries (
  country_id char(2) primary key,
  country_name varchar(60),
  region_id smallint
);

create table locations (
  location_id integer primary key,
  street_address varchar(80),
  postal_code varchar(12),
  city varchar(40) not null,
  state_province varchar(40),
  country_id char(2)
);

create table jobs (
  job_id varchar(12) primary key,
  job_title varchar(60) not null,
  min_salary integer,
  max_salary integer
);

create table departments (
  department_id integer primary key,
  department_name varchar(60) not null,
  manager_id integer,
  location_id integer
);

create table employees (
  employee_id integer primary key,
  first_name varchar(40),
  last_name varchar(40) not null,
  email varchar(60) not null,
  phone_number varchar(30),
  -- DATE has a time of day in Oracle
  hire_date timestamp(0) not null,
  job_id varchar(12) not null,
  salary numeric(10, 2),
  -- NUMBER without a scale: DMS brings ten digits behind the point unless the endpoint says otherwise
  commission numeric,
  manager_id integer,
  department_id integer,
  -- DMS may write large values after the row, so they must be allowed to be missing
  resume text
);

create table job_history (
  employee_id integer not null,
  start_date timestamp(0) not null,
  end_date timestamp(0) not null,
  job_id varchar(12) not null,
  department_id integer,
  primary key (employee_id, start_date)
);
