-- The raw table is partitioned by month of `day`. The application role may not create tables, so this function, owned by the owner, does.
CREATE FUNCTION desk_make_partition(month date) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  first date := date_trunc('month', month)::date;
  name text := 'desk_supportsession_' || to_char(first, 'YYYYMM');
BEGIN
  IF to_regclass(name) IS NULL THEN
    EXECUTE format('CREATE TABLE %I PARTITION OF desk_supportsession FOR VALUES FROM (%L) TO (%L)', name, first, (first + interval '1 month')::date);
  END IF;
  RETURN name;
END $$;
