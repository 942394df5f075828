create sequence locations_seq start with 3300 increment by 100;
create sequence departments_seq start with 280 increment by 10;
create sequence employees_seq start with 207;
