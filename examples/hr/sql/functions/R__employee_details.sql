create or replace view employee_details as
select e.employee_id, e.first_name, e.last_name, j.job_title, d.department_name, l.city,
  c.country_name, r.region_name
from employees e
join jobs j on j.job_id = e.job_id
left join departments d on d.department_id = e.department_id
left join locations l on l.location_id = d.location_id
left join countries c on c.country_id = l.country_id
left join regions r on r.region_id = c.region_id;
