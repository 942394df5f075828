-- The same rows every time: everything is computed from the numbers of a range.
SET SCHEMA HR;

INSERT INTO REGIONS VALUES (1, 'Europe'), (2, 'Americas'), (3, 'Asia'), (4, 'Africa');

INSERT INTO COUNTRIES VALUES
  ('AR', 'Argentina', 2), ('AT', 'Austria', 1), ('AU', 'Australia', 3), ('BE', 'Belgium', 1),
  ('BR', 'Brazil', 2), ('CA', 'Canada', 2), ('CH', 'Switzerland', 1), ('CI', 'Côte d''Ivoire', 4),
  ('CN', 'China', 3), ('DE', 'Germany', 1), ('DK', 'Denmark', 1), ('EG', 'Egypt', 4),
  ('FR', 'France', 1), ('IL', 'Israel', 3), ('IN', 'India', 3), ('IT', 'Italy', 1),
  ('JP', 'Japan', 3), ('KW', 'Kuwait', 3), ('MX', 'Mexico', 2), ('NG', 'Nigeria', 4),
  ('NL', 'Netherlands', 1), ('SG', 'Singapore', 3), ('GB', 'United Kingdom', 1),
  ('US', 'United States', 2), ('ZM', 'Zambia', 4);

INSERT INTO LOCATIONS
  SELECT 1000 + 10 * X, X || ' Harbour Street', LPAD(MOD(X * 7919, 100000), 5, '0'),
    'City ' || X, CASE WHEN MOD(X, 3) = 0 THEN 'Province ' || X END,
    (SELECT COUNTRY_ID FROM (SELECT COUNTRY_ID, ROW_NUMBER() OVER (ORDER BY COUNTRY_ID) N FROM COUNTRIES)
     WHERE N = 1 + MOD(X, 25))
  FROM SYSTEM_RANGE(1, 40);

INSERT INTO JOBS
  SELECT 'JOB_' || LPAD(X, 2, '0'), 'Grade ' || X, 2000 + 400 * X, 5000 + 900 * X
  FROM SYSTEM_RANGE(1, 20);

INSERT INTO DEPARTMENTS
  SELECT 10 * X, 'Department ' || X, NULL, 1000 + 10 * (1 + MOD(X, 40))
  FROM SYSTEM_RANGE(1, 60);

-- every seventh date has a time of day; one resume in fifty is long, most people have none
INSERT INTO EMPLOYEES
  SELECT 100 + X,
    CASE WHEN MOD(X, 97) <> 0 THEN 'First' || MOD(X * 31, 400) END,
    CASE MOD(X, 11) WHEN 0 THEN 'Müller' WHEN 1 THEN 'O''Brien' ELSE 'Last' || MOD(X * 17, 700) END,
    'person' || X || '@example.com',
    CASE WHEN MOD(X, 5) <> 0 THEN '+1.555.' || LPAD(X, 6, '0') END,
    DATEADD('SECOND', CASE WHEN MOD(X, 7) = 0 THEN MOD(X * 613, 86400) ELSE 0 END,
      DATEADD('DAY', MOD(X * 37, 7300), TIMESTAMP '2004-01-01 00:00:00')),
    'JOB_' || LPAD(1 + MOD(X, 20), 2, '0'),
    2500 + MOD(X * 53, 12000) + MOD(X, 4) * 0.25,
    CASE WHEN MOD(X, 6) = 0 THEN CAST(MOD(X, 90) AS NUMBER) / 700 END,
    CASE WHEN X > 20 THEN 100 + 1 + MOD(X, 20) END,
    CASE WHEN MOD(X, 250) <> 0 THEN 10 * (1 + MOD(X, 60)) END,
    CASE WHEN MOD(X, 50) = 0 THEN REPEAT('Worked on project ' || X || '. ', 1000)
      WHEN MOD(X, 10) = 0 THEN 'Short resume of number ' || X END
  FROM SYSTEM_RANGE(1, 5000);

UPDATE DEPARTMENTS SET MANAGER_ID = 100 + DEPARTMENT_ID / 10;
ALTER TABLE DEPARTMENTS ADD CONSTRAINT DEPARTMENTS_MANAGER_FK
  FOREIGN KEY (MANAGER_ID) REFERENCES EMPLOYEES (EMPLOYEE_ID);

INSERT INTO JOB_HISTORY
  SELECT 100 + X, DATEADD('DAY', MOD(X * 41, 3000), TIMESTAMP '1995-01-01 00:00:00'),
    DATEADD('DAY', MOD(X * 41, 3000) + 30 + MOD(X, 300), TIMESTAMP '1995-01-01 00:00:00'),
    'JOB_' || LPAD(1 + MOD(X * 3, 20), 2, '0'), 10 * (1 + MOD(X, 60))
  FROM SYSTEM_RANGE(1, 3000);
