create view region_names as select region_name from regions;
