create index region_name on regions (region_name);
