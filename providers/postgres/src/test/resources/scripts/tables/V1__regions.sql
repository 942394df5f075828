create table regions (region_id integer primary key, region_name varchar(25));
