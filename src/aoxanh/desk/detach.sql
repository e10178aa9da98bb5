-- Letting go of a month of raw sessions. The application role may neither alter nor drop a table, so these functions, owned by the owner, do,
-- and only where no day of the month is younger than the retention, whoever calls them.
-- DETACH ... CONCURRENTLY cannot run in a function; the plain form only changes the catalogue, but needs every other statement on the table
-- to have ended. lock_timeout bounds how long syncs can queue up behind that wait; the caller tries again.
CREATE FUNCTION desk_detach_month(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '300ms' AS $$
DECLARE
  first date := date_trunc('month', month)::date;
  kept_since date := ((now() AT TIME ZONE 'Asia/Ho_Chi_Minh') - interval '24 months')::date;
BEGIN
  IF (first + interval '1 month')::date > kept_since THEN
    RAISE EXCEPTION 'the month % is still kept', to_char(first, 'YYYY-MM') USING ERRCODE = 'insufficient_privilege';
  END IF;
  EXECUTE format('ALTER TABLE public.desk_supportsession DETACH PARTITION public.%I', 'desk_supportsession_' || to_char(first, 'YYYYMM'));
  EXECUTE format('ALTER TABLE public.%I RENAME TO %I', 'desk_supportsession_' || to_char(first, 'YYYYMM'), 'desk_detached_' || to_char(first, 'YYYYMM'));
END $$;
CREATE FUNCTION desk_count_detached(month date) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  counted bigint;
BEGIN
  EXECUTE format('SELECT count(*) FROM public.%I', 'desk_detached_' || to_char(month, 'YYYYMM')) INTO counted;
  RETURN counted;
END $$;
CREATE FUNCTION desk_drop_detached(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '300ms' AS $$
BEGIN
  EXECUTE format('DROP TABLE public.%I', 'desk_detached_' || to_char(month, 'YYYYMM'));
END $$;
