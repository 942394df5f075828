create sequence locations_seq start with 2000 increment by 10;
create sequence departments_seq start with 620 increment by 10;
create sequence employees_seq start with 5101;
