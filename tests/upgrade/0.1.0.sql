SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
CREATE FUNCTION public.desk_make_partition(month date) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
DECLARE
  first date := date_trunc('month', month)::date;
  name text := 'desk_supportsession_' || to_char(first, 'YYYYMM');
BEGIN
  IF to_regclass(name) IS NULL THEN
    EXECUTE format('CREATE TABLE %I PARTITION OF desk_supportsession FOR VALUES FROM (%L) TO (%L)', name, first, (first + interval '1 month')::date);
  END IF;
  RETURN name;
END $$;
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;
    RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;
    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;
    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;
    RETURN _job_id;
END;
$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;
 RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.audit_auditentry (
    chain character varying(5) NOT NULL,
    number bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor character varying(200) NOT NULL,
    action character varying(60) NOT NULL,
    subject character varying(200) NOT NULL,
    details text NOT NULL,
    previous character varying(64) NOT NULL,
    hash character varying(64) NOT NULL
);
CREATE TABLE public.audit_audithead (
    chain character varying(5) NOT NULL,
    number bigint NOT NULL,
    hash character varying(64) NOT NULL
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cache_entry (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE TABLE public.desk_dailyfigure (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    team_id uuid NOT NULL,
    computed_at timestamp with time zone NOT NULL,
    sessions integer NOT NULL,
    minutes integer NOT NULL,
    volunteers integer NOT NULL,
    refusals integer NOT NULL,
    files_digitise integer NOT NULL,
    people_id_sync integer NOT NULL,
    people_outreach integer NOT NULL,
    people_class integer NOT NULL,
    other_language integer NOT NULL,
    old_age integer NOT NULL,
    group_ho_tich integer NOT NULL,
    group_chung_thuc integer NOT NULL,
    group_cu_tru integer NOT NULL,
    group_can_cuoc integer NOT NULL,
    group_xa_hoi integer NOT NULL,
    group_bhxh_thue_kd integer NOT NULL,
    group_dat_dai_xay_dung integer NOT NULL,
    group_giao_duc_khac integer NOT NULL,
    group_vneid integer NOT NULL,
    mode_desk integer NOT NULL,
    mode_home integer NOT NULL,
    mode_mobile integer NOT NULL,
    mode_remote integer NOT NULL,
    outcome_finished integer NOT NULL,
    outcome_guided integer NOT NULL,
    outcome_handed_over integer NOT NULL,
    outcome_come_back integer NOT NULL,
    outcome_stopped integer NOT NULL,
    obstacle_none integer NOT NULL,
    obstacle_papers integer NOT NULL,
    obstacle_no_phone integer NOT NULL,
    obstacle_no_signal integer NOT NULL,
    obstacle_account integer NOT NULL,
    obstacle_otp integer NOT NULL,
    obstacle_data integer NOT NULL,
    obstacle_language integer NOT NULL,
    obstacle_portal integer NOT NULL,
    obstacle_other integer NOT NULL
);
ALTER TABLE ONLY public.desk_dailyfigure FORCE ROW LEVEL SECURITY;
CREATE TABLE public.desk_dirtyday (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    marked_at timestamp with time zone NOT NULL
);
CREATE TABLE public.desk_handover (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    team_id uuid NOT NULL,
    reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    state character varying(9) NOT NULL,
    official_id uuid,
    made_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    procedure_id character varying(20)
);
ALTER TABLE ONLY public.desk_handover FORCE ROW LEVEL SECURITY;
CREATE TABLE public.desk_supportsession (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
)
PARTITION BY RANGE (day);
ALTER TABLE ONLY public.desk_supportsession FORCE ROW LEVEL SECURITY;
CREATE TABLE public.desk_supportsession_202507 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202508 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202509 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202510 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202511 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202512 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202601 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202602 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202603 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202604 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202605 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202606 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202607 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202608 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202609 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202610 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202611 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202612 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202701 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202702 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202703 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202704 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_supportsession_202705 (
    commune_code character varying(5) NOT NULL,
    day date NOT NULL,
    id uuid NOT NULL,
    root_id uuid NOT NULL,
    revision smallint NOT NULL,
    withdrawn boolean NOT NULL,
    reason character varying(200) NOT NULL,
    volunteer_id uuid NOT NULL,
    team_id uuid NOT NULL,
    device_id uuid NOT NULL,
    seq bigint NOT NULL,
    schema smallint NOT NULL,
    activity character varying(10) NOT NULL,
    procedure_version integer,
    mode character varying(8) NOT NULL,
    outcome character varying(12) NOT NULL,
    obstacle character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    quantity integer NOT NULL,
    language character varying(3) NOT NULL,
    age_band character varying(8) NOT NULL,
    typed_by character varying(8) NOT NULL,
    steps_done smallint[] NOT NULL,
    refused character varying(10)[] NOT NULL,
    handover_reason character varying(10) NOT NULL,
    return_code character varying(8) NOT NULL,
    note character varying(280) NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    procedure_id character varying(20),
    CONSTRAINT desk_supportsession_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_supportsession_procedure_version_check CHECK ((procedure_version >= 0)),
    CONSTRAINT desk_supportsession_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT desk_supportsession_revision_check CHECK ((revision >= 0)),
    CONSTRAINT desk_supportsession_schema_check CHECK ((schema >= 0)),
    CONSTRAINT session_handover_reason CHECK ((((outcome)::text = 'handed_over'::text) OR ((handover_reason)::text = ''::text))),
    CONSTRAINT session_minutes CHECK ((minutes <= 600)),
    CONSTRAINT session_procedure CHECK (((((activity)::text = 'procedure'::text) AND (procedure_id IS NOT NULL)) OR (NOT ((activity)::text = 'procedure'::text))))
);
CREATE TABLE public.desk_syncepoch (
    id smallint NOT NULL,
    epoch uuid NOT NULL,
    CONSTRAINT desk_syncepoch_id_check CHECK ((id >= 0))
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_provinceday (
    province_code character varying(2) NOT NULL,
    day date NOT NULL,
    computed_at timestamp with time zone NOT NULL,
    sessions bigint NOT NULL,
    minutes bigint NOT NULL,
    volunteers bigint NOT NULL,
    refusals bigint NOT NULL,
    files_digitise bigint NOT NULL,
    people_id_sync bigint NOT NULL,
    people_outreach bigint NOT NULL,
    people_class bigint NOT NULL,
    other_language bigint NOT NULL,
    old_age bigint NOT NULL,
    group_ho_tich bigint NOT NULL,
    group_chung_thuc bigint NOT NULL,
    group_cu_tru bigint NOT NULL,
    group_can_cuoc bigint NOT NULL,
    group_xa_hoi bigint NOT NULL,
    group_bhxh_thue_kd bigint NOT NULL,
    group_dat_dai_xay_dung bigint NOT NULL,
    group_giao_duc_khac bigint NOT NULL,
    group_vneid bigint NOT NULL,
    mode_desk bigint NOT NULL,
    mode_home bigint NOT NULL,
    mode_mobile bigint NOT NULL,
    mode_remote bigint NOT NULL,
    outcome_finished bigint NOT NULL,
    outcome_guided bigint NOT NULL,
    outcome_handed_over bigint NOT NULL,
    outcome_come_back bigint NOT NULL,
    outcome_stopped bigint NOT NULL,
    obstacle_none bigint NOT NULL,
    obstacle_papers bigint NOT NULL,
    obstacle_no_phone bigint NOT NULL,
    obstacle_no_signal bigint NOT NULL,
    obstacle_account bigint NOT NULL,
    obstacle_otp bigint NOT NULL,
    obstacle_data bigint NOT NULL,
    obstacle_language bigint NOT NULL,
    obstacle_portal bigint NOT NULL,
    obstacle_other bigint NOT NULL
);
ALTER TABLE ONLY public.oversight_provinceday FORCE ROW LEVEL SECURITY;
CREATE TABLE public.people_account (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    id uuid NOT NULL,
    username character varying(60) NOT NULL,
    email character varying(254) NOT NULL,
    display_name character varying(80) NOT NULL,
    language character varying(2) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.people_device (
    id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    label character varying(80) NOT NULL,
    enrolled_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    last_seq bigint NOT NULL,
    pending integer NOT NULL,
    skew_ms bigint NOT NULL,
    app_version character varying(20) NOT NULL,
    account_id uuid NOT NULL
);
CREATE TABLE public.people_languageskill (
    id uuid NOT NULL,
    level smallint NOT NULL,
    language_id character varying(3) NOT NULL,
    volunteer_id uuid NOT NULL,
    CONSTRAINT people_languageskill_level_check CHECK ((level >= 0))
);
CREATE TABLE public.people_membership (
    id uuid NOT NULL,
    "position" character varying(8) NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    team_id uuid NOT NULL,
    volunteer_id uuid NOT NULL,
    CONSTRAINT membership_dates CHECK (((valid_to IS NULL) OR (valid_to > valid_from)))
);
CREATE TABLE public.people_roleassignment (
    id uuid NOT NULL,
    role character varying(24) NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    account_id uuid NOT NULL,
    place_id character varying(5) NOT NULL,
    CONSTRAINT roleassignment_dates CHECK (((valid_to IS NULL) OR (valid_to > valid_from)))
);
CREATE TABLE public.people_team (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    kind character varying(10) NOT NULL,
    active_from date NOT NULL,
    active_to date,
    commune_id character varying(5) NOT NULL
);
CREATE TABLE public.people_volunteer (
    id uuid NOT NULL,
    full_name character varying(80) NOT NULL,
    fold character varying(80) NOT NULL,
    sort_key character varying(400) NOT NULL,
    technology smallint NOT NULL,
    communication smallint NOT NULL,
    availability integer NOT NULL,
    adult_on date,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    account_id uuid,
    home_id character varying(5) NOT NULL,
    CONSTRAINT people_volunteer_availability_check CHECK ((availability >= 0)),
    CONSTRAINT people_volunteer_communication_check CHECK ((communication >= 0)),
    CONSTRAINT people_volunteer_technology_check CHECK ((technology >= 0)),
    CONSTRAINT volunteer_availability CHECK ((availability < 16384)),
    CONSTRAINT volunteer_skills CHECK (((communication <= 3) AND (technology <= 3)))
);
CREATE TABLE public.places_language (
    code character varying(3) NOT NULL,
    name_vi character varying(60) NOT NULL,
    name_en character varying(60) NOT NULL
);
CREATE TABLE public.places_legacyward (
    id uuid NOT NULL,
    old_code character varying(5) NOT NULL,
    old_name character varying(80) NOT NULL,
    old_district character varying(80) NOT NULL,
    old_province character varying(80) NOT NULL,
    fold character varying(80) NOT NULL,
    fold_district character varying(80) NOT NULL,
    fold_province character varying(80) NOT NULL,
    is_default boolean NOT NULL,
    is_divided boolean NOT NULL,
    place_id character varying(5) NOT NULL
);
CREATE TABLE public.places_place (
    code character varying(5) NOT NULL,
    level character varying(8) NOT NULL,
    kind character varying(9) NOT NULL,
    name character varying(80) NOT NULL,
    fold character varying(80) NOT NULL,
    sort_key character varying(400) NOT NULL,
    area_km2 double precision,
    latitude double precision,
    longitude double precision,
    parent_id character varying(5)
);
CREATE TABLE public.places_placeversion (
    id uuid NOT NULL,
    kind character varying(9) NOT NULL,
    name character varying(80) NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    source character varying(300) NOT NULL,
    parent_id character varying(5),
    place_id character varying(5) NOT NULL,
    CONSTRAINT placeversion_dates CHECK (((valid_to IS NULL) OR (valid_to > valid_from)))
);
CREATE TABLE public.places_trait (
    id uuid NOT NULL,
    trait character varying(20) NOT NULL,
    value character varying(20) NOT NULL,
    source character varying(300) NOT NULL,
    as_of date NOT NULL,
    status character varying(9) NOT NULL,
    place_id character varying(5) NOT NULL
);
CREATE TABLE public.procedures_guide (
    key character varying(60) NOT NULL,
    number integer NOT NULL,
    body jsonb NOT NULL,
    published_at timestamp with time zone NOT NULL,
    CONSTRAINT procedures_guide_number_check CHECK ((number >= 0))
);
CREATE TABLE public.procedures_procedure (
    code character varying(20) NOT NULL,
    "group" character varying(20) NOT NULL,
    superseded_by_id character varying(20)
);
CREATE TABLE public.procedures_procedureversion (
    id uuid NOT NULL,
    number integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    name_vi character varying(300) NOT NULL,
    name_en character varying(300) NOT NULL,
    card jsonb NOT NULL,
    confidence character varying(6) NOT NULL,
    source character varying(500) NOT NULL,
    checked_by character varying(120) NOT NULL,
    checked_on date,
    published_at timestamp with time zone NOT NULL,
    procedure_id character varying(20) NOT NULL,
    province_id character varying(5),
    CONSTRAINT procedures_procedureversion_number_check CHECK ((number >= 0)),
    CONSTRAINT procedureversion_dates CHECK (((valid_to IS NULL) OR (valid_to >= valid_from)))
);
CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);
CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id uuid NOT NULL
);
ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
);
ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
);
ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL
);
ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202507 FOR VALUES FROM ('2025-07-01') TO ('2025-08-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202508 FOR VALUES FROM ('2025-08-01') TO ('2025-09-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202509 FOR VALUES FROM ('2025-09-01') TO ('2025-10-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202510 FOR VALUES FROM ('2025-10-01') TO ('2025-11-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202511 FOR VALUES FROM ('2025-11-01') TO ('2025-12-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202512 FOR VALUES FROM ('2025-12-01') TO ('2026-01-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202601 FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202602 FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202603 FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202604 FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202605 FOR VALUES FROM ('2026-05-01') TO ('2026-06-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202606 FOR VALUES FROM ('2026-06-01') TO ('2026-07-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202607 FOR VALUES FROM ('2026-07-01') TO ('2026-08-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202608 FOR VALUES FROM ('2026-08-01') TO ('2026-09-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202609 FOR VALUES FROM ('2026-09-01') TO ('2026-10-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202610 FOR VALUES FROM ('2026-10-01') TO ('2026-11-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202611 FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202612 FOR VALUES FROM ('2026-12-01') TO ('2027-01-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202701 FOR VALUES FROM ('2027-01-01') TO ('2027-02-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202702 FOR VALUES FROM ('2027-02-01') TO ('2027-03-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202703 FOR VALUES FROM ('2027-03-01') TO ('2027-04-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202704 FOR VALUES FROM ('2027-04-01') TO ('2027-05-01');
ALTER TABLE ONLY public.desk_supportsession ATTACH PARTITION public.desk_supportsession_202705 FOR VALUES FROM ('2027-05-01') TO ('2027-06-01');
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
INSERT INTO public.audit_auditentry VALUES
	('VN', 1, '2026-11-25 19:01:14.561312+00', 'system:load', 'places.load', '', '{"communes":3321,"languages":61,"legacy_wards":10597,"provinces":34,"traits":760,"versions":3366}', '0000000000000000000000000000000000000000000000000000000000000000', '4f5f12322c9ad421771e86ea657a88a3ad41993c9c96b5e18cabe3559dd9d3c7'),
	('VN', 2, '2026-11-25 19:01:18.175244+00', 'system:load_procedures', 'procedures.release.loaded', '', '{"guides":["vneid","abbreviations","essential25"],"kept":[],"versions":["1.001939#1","1.002179#1","1.002759#1","1.001613#1","2.000693#1","1.001612#1","2.000720#1","1.001570#1","1.001266#1","2.000575#1","1.008498#1","1.116410#1","1.012566#1","1.012564#1","1.011410#1","3.000228#1","3.000283#1","1.010386#1","1.001456#1","3.000333#1","1.012575#1","3.000347#1","2.000815#1","2.000884#1","2.001035#1","2.001019#1","2.001016#1","2.001406#1","2.000908#1","1.004222#1","1.004194#1","1.002755#1","1.003677#1","2.001159#1","1.010041#1","1.010038#1","1.010039#1","1.003197#1","1.010028#1","1.010040#1","1.013314#1","1.013978#1","bien_dong#1","1.012812#1","1.013225#1","3.000182#1","1.001622#1","1.004335#1","1.001193#1","3.000722#1","1.000656#1","2.002913#1","1.000894#1","1.004873#1","2.000635#1","2.002516#1","1.004859#1","1.004884#1","1.004772#1","1.001022#1","1.000689#1","1.004837#1","1.003583#1","2.000528#1","2.000806#1","2.001263#1","1.014027#1","1.001776#1","1.001699#1","1.001653#1","1.001731#1","1.011607#1","1.014632#1","1.013133#1"]}', '4f5f12322c9ad421771e86ea657a88a3ad41993c9c96b5e18cabe3559dd9d3c7', '63e2f524297d981e97e7c5ba787bd8e9b0ca299801d3e3c5e866f008e48f9cc7'),
	('00715', 1, '2026-11-25 19:01:23.824749+00', 'account:01970000-0000-7000-8000-000100000001 volunteer@00715', 'desk.session.accepted', 'device:01970000-0000-7000-8000-000700000001', '{"ids":["01970000-0000-7000-8000-000800000001","01970000-0000-7000-8000-000800000002","01970000-0000-7000-8000-000800000003","01970000-0000-7000-8000-000800000004","01970000-0000-7000-8000-000800000005","01970000-0000-7000-8000-000800000006"]}', '0000000000000000000000000000000000000000000000000000000000000000', '1b370a223aacfa541c52d9812b30c5de17cc7639b373dcb6165b40c632809f5b'),
	('VN', 3, '2026-11-25 19:01:23.829455+00', 'system:snapshot', 'simulation.seeded', '', '{"sessions":6}', '63e2f524297d981e97e7c5ba787bd8e9b0ca299801d3e3c5e866f008e48f9cc7', 'f2eb6f67aaa5e9fdf73238f86ea93c95ae71cee38afe3cc1a5eaae906332aef7');
INSERT INTO public.audit_audithead VALUES
	('00715', 1, '1b370a223aacfa541c52d9812b30c5de17cc7639b373dcb6165b40c632809f5b'),
	('VN', 3, 'f2eb6f67aaa5e9fdf73238f86ea93c95ae71cee38afe3cc1a5eaae906332aef7');
INSERT INTO public.auth_permission VALUES
	(1, 'Can add province day', 1, 'add_provinceday'),
	(2, 'Can change province day', 1, 'change_provinceday'),
	(3, 'Can delete province day', 1, 'delete_provinceday'),
	(4, 'Can view province day', 1, 'view_provinceday'),
	(5, 'Can add dirty day', 2, 'add_dirtyday'),
	(6, 'Can change dirty day', 2, 'change_dirtyday'),
	(7, 'Can delete dirty day', 2, 'delete_dirtyday'),
	(8, 'Can view dirty day', 2, 'view_dirtyday'),
	(9, 'Can add sync epoch', 3, 'add_syncepoch'),
	(10, 'Can change sync epoch', 3, 'change_syncepoch'),
	(11, 'Can delete sync epoch', 3, 'delete_syncepoch'),
	(12, 'Can view sync epoch', 3, 'view_syncepoch'),
	(13, 'Can add daily figure', 4, 'add_dailyfigure'),
	(14, 'Can change daily figure', 4, 'change_dailyfigure'),
	(15, 'Can delete daily figure', 4, 'delete_dailyfigure'),
	(16, 'Can view daily figure', 4, 'view_dailyfigure'),
	(17, 'Can add handover', 5, 'add_handover'),
	(18, 'Can change handover', 5, 'change_handover'),
	(19, 'Can delete handover', 5, 'delete_handover'),
	(20, 'Can view handover', 5, 'view_handover'),
	(21, 'Can add support session', 6, 'add_supportsession'),
	(22, 'Can change support session', 6, 'change_supportsession'),
	(23, 'Can delete support session', 6, 'delete_supportsession'),
	(24, 'Can view support session', 6, 'view_supportsession'),
	(25, 'Can add guide', 7, 'add_guide'),
	(26, 'Can change guide', 7, 'change_guide'),
	(27, 'Can delete guide', 7, 'delete_guide'),
	(28, 'Can view guide', 7, 'view_guide'),
	(29, 'Can add procedure', 8, 'add_procedure'),
	(30, 'Can change procedure', 8, 'change_procedure'),
	(31, 'Can delete procedure', 8, 'delete_procedure'),
	(32, 'Can view procedure', 8, 'view_procedure'),
	(33, 'Can add procedure version', 9, 'add_procedureversion'),
	(34, 'Can change procedure version', 9, 'change_procedureversion'),
	(35, 'Can delete procedure version', 9, 'delete_procedureversion'),
	(36, 'Can view procedure version', 9, 'view_procedureversion'),
	(37, 'Can add account', 10, 'add_account'),
	(38, 'Can change account', 10, 'change_account'),
	(39, 'Can delete account', 10, 'delete_account'),
	(40, 'Can view account', 10, 'view_account'),
	(41, 'Can add device', 11, 'add_device'),
	(42, 'Can change device', 11, 'change_device'),
	(43, 'Can delete device', 11, 'delete_device'),
	(44, 'Can view device', 11, 'view_device'),
	(45, 'Can add team', 12, 'add_team'),
	(46, 'Can change team', 12, 'change_team'),
	(47, 'Can delete team', 12, 'delete_team'),
	(48, 'Can view team', 12, 'view_team'),
	(49, 'Can add volunteer', 13, 'add_volunteer'),
	(50, 'Can change volunteer', 13, 'change_volunteer'),
	(51, 'Can delete volunteer', 13, 'delete_volunteer'),
	(52, 'Can view volunteer', 13, 'view_volunteer'),
	(53, 'Can add membership', 14, 'add_membership'),
	(54, 'Can change membership', 14, 'change_membership'),
	(55, 'Can delete membership', 14, 'delete_membership'),
	(56, 'Can view membership', 14, 'view_membership'),
	(57, 'Can add language skill', 15, 'add_languageskill'),
	(58, 'Can change language skill', 15, 'change_languageskill'),
	(59, 'Can delete language skill', 15, 'delete_languageskill'),
	(60, 'Can view language skill', 15, 'view_languageskill'),
	(61, 'Can add role assignment', 16, 'add_roleassignment'),
	(62, 'Can change role assignment', 16, 'change_roleassignment'),
	(63, 'Can delete role assignment', 16, 'delete_roleassignment'),
	(64, 'Can view role assignment', 16, 'view_roleassignment'),
	(65, 'Can add language', 17, 'add_language'),
	(66, 'Can change language', 17, 'change_language'),
	(67, 'Can delete language', 17, 'delete_language'),
	(68, 'Can view language', 17, 'view_language'),
	(69, 'Can add place', 18, 'add_place'),
	(70, 'Can change place', 18, 'change_place'),
	(71, 'Can delete place', 18, 'delete_place'),
	(72, 'Can view place', 18, 'view_place'),
	(73, 'Can add legacy ward', 19, 'add_legacyward'),
	(74, 'Can change legacy ward', 19, 'change_legacyward'),
	(75, 'Can delete legacy ward', 19, 'delete_legacyward'),
	(76, 'Can view legacy ward', 19, 'view_legacyward'),
	(77, 'Can add place version', 20, 'add_placeversion'),
	(78, 'Can change place version', 20, 'change_placeversion'),
	(79, 'Can delete place version', 20, 'delete_placeversion'),
	(80, 'Can view place version', 20, 'view_placeversion'),
	(81, 'Can add trait', 21, 'add_trait'),
	(82, 'Can change trait', 21, 'change_trait'),
	(83, 'Can delete trait', 21, 'delete_trait'),
	(84, 'Can view trait', 21, 'view_trait'),
	(85, 'Can add audit head', 22, 'add_audithead'),
	(86, 'Can change audit head', 22, 'change_audithead'),
	(87, 'Can delete audit head', 22, 'delete_audithead'),
	(88, 'Can view audit head', 22, 'view_audithead'),
	(89, 'Can add audit entry', 23, 'add_auditentry'),
	(90, 'Can change audit entry', 23, 'change_auditentry'),
	(91, 'Can delete audit entry', 23, 'delete_auditentry'),
	(92, 'Can view audit entry', 23, 'view_auditentry'),
	(93, 'Can add permission', 24, 'add_permission'),
	(94, 'Can change permission', 24, 'change_permission'),
	(95, 'Can delete permission', 24, 'delete_permission'),
	(96, 'Can view permission', 24, 'view_permission'),
	(97, 'Can add group', 25, 'add_group'),
	(98, 'Can change group', 25, 'change_group'),
	(99, 'Can delete group', 25, 'delete_group'),
	(100, 'Can view group', 25, 'view_group');
INSERT INTO public.auth_permission VALUES
	(101, 'Can add content type', 26, 'add_contenttype'),
	(102, 'Can change content type', 26, 'change_contenttype'),
	(103, 'Can delete content type', 26, 'delete_contenttype'),
	(104, 'Can view content type', 26, 'view_contenttype'),
	(105, 'Can add session', 27, 'add_session'),
	(106, 'Can change session', 27, 'change_session'),
	(107, 'Can delete session', 27, 'delete_session'),
	(108, 'Can view session', 27, 'view_session'),
	(109, 'Can add email address', 28, 'add_emailaddress'),
	(110, 'Can change email address', 28, 'change_emailaddress'),
	(111, 'Can delete email address', 28, 'delete_emailaddress'),
	(112, 'Can view email address', 28, 'view_emailaddress'),
	(113, 'Can add email confirmation', 29, 'add_emailconfirmation'),
	(114, 'Can change email confirmation', 29, 'change_emailconfirmation'),
	(115, 'Can delete email confirmation', 29, 'delete_emailconfirmation'),
	(116, 'Can view email confirmation', 29, 'view_emailconfirmation'),
	(117, 'Can add authenticator', 30, 'add_authenticator'),
	(118, 'Can change authenticator', 30, 'change_authenticator'),
	(119, 'Can delete authenticator', 30, 'delete_authenticator'),
	(120, 'Can view authenticator', 30, 'view_authenticator'),
	(121, 'Can add user session', 31, 'add_usersession'),
	(122, 'Can change user session', 31, 'change_usersession'),
	(123, 'Can delete user session', 31, 'delete_usersession'),
	(124, 'Can view user session', 31, 'view_usersession'),
	(125, 'Can add social account', 32, 'add_socialaccount'),
	(126, 'Can change social account', 32, 'change_socialaccount'),
	(127, 'Can delete social account', 32, 'delete_socialaccount'),
	(128, 'Can view social account', 32, 'view_socialaccount'),
	(129, 'Can add social application', 33, 'add_socialapp'),
	(130, 'Can change social application', 33, 'change_socialapp'),
	(131, 'Can delete social application', 33, 'delete_socialapp'),
	(132, 'Can view social application', 33, 'view_socialapp'),
	(133, 'Can add social application token', 34, 'add_socialtoken'),
	(134, 'Can change social application token', 34, 'change_socialtoken'),
	(135, 'Can delete social application token', 34, 'delete_socialtoken'),
	(136, 'Can view social application token', 34, 'view_socialtoken'),
	(137, 'Can add procrastinate event', 35, 'add_procrastinateevent'),
	(138, 'Can change procrastinate event', 35, 'change_procrastinateevent'),
	(139, 'Can delete procrastinate event', 35, 'delete_procrastinateevent'),
	(140, 'Can view procrastinate event', 35, 'view_procrastinateevent'),
	(141, 'Can add procrastinate job', 36, 'add_procrastinatejob'),
	(142, 'Can change procrastinate job', 36, 'change_procrastinatejob'),
	(143, 'Can delete procrastinate job', 36, 'delete_procrastinatejob'),
	(144, 'Can view procrastinate job', 36, 'view_procrastinatejob'),
	(145, 'Can add procrastinate periodic defer', 37, 'add_procrastinateperiodicdefer'),
	(146, 'Can change procrastinate periodic defer', 37, 'change_procrastinateperiodicdefer'),
	(147, 'Can delete procrastinate periodic defer', 37, 'delete_procrastinateperiodicdefer'),
	(148, 'Can view procrastinate periodic defer', 37, 'view_procrastinateperiodicdefer'),
	(149, 'Can add procrastinate worker', 38, 'add_procrastinateworker'),
	(150, 'Can change procrastinate worker', 38, 'change_procrastinateworker'),
	(151, 'Can delete procrastinate worker', 38, 'delete_procrastinateworker'),
	(152, 'Can view procrastinate worker', 38, 'view_procrastinateworker');
INSERT INTO public.desk_dailyfigure VALUES
	('00715', '2025-11-03', '01970000-0000-7000-8000-000200000001', '2026-11-25 19:01:23.842658+00', 6, 72, 1, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 6, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0);
INSERT INTO public.desk_supportsession_202511 VALUES
	('00715', '2025-11-03', '01970000-0000-7000-8000-000800000001', '01970000-0000-7000-8000-000800000001', 0, false, '', '01970000-0000-7000-8000-000300000001', '01970000-0000-7000-8000-000200000001', '01970000-0000-7000-8000-000700000001', 1, 1, 'procedure', 1, 'desk', 'finished', 'none', 12, 1, 'vie', 'unknown', 'citizen', '{1,2}', '{}', '', '', '', '2025-11-03 05:00:00+00', '2026-11-25 19:01:23.798018+00', '2fb0b158fbd26ef4672655d4c13c543dd920bdda5459ee0c485abba857634123', '1.001193'),
	('00715', '2025-11-03', '01970000-0000-7000-8000-000800000002', '01970000-0000-7000-8000-000800000002', 0, false, '', '01970000-0000-7000-8000-000300000001', '01970000-0000-7000-8000-000200000001', '01970000-0000-7000-8000-000700000001', 2, 1, 'procedure', 1, 'desk', 'finished', 'none', 12, 1, 'vie', 'unknown', 'citizen', '{1,2}', '{}', '', '', '', '2025-11-03 05:00:00+00', '2026-11-25 19:01:23.798018+00', 'f2e73f5cd30cd71ba8705c72bd159895f4d7287a43f9a18fdb90159458cc062a', '1.001193'),
	('00715', '2025-11-03', '01970000-0000-7000-8000-000800000003', '01970000-0000-7000-8000-000800000003', 0, false, '', '01970000-0000-7000-8000-000300000001', '01970000-0000-7000-8000-000200000001', '01970000-0000-7000-8000-000700000001', 3, 1, 'procedure', 1, 'desk', 'finished', 'none', 12, 1, 'vie', 'unknown', 'citizen', '{1,2}', '{}', '', '', '', '2025-11-03 05:00:00+00', '2026-11-25 19:01:23.798018+00', 'a7b4b34c00620071928fa9fd0cd1ba60e34badc6929a421aed069e0dfabdfdcc', '1.001193'),
	('00715', '2025-11-03', '01970000-0000-7000-8000-000800000004', '01970000-0000-7000-8000-000800000004', 0, false, '', '01970000-0000-7000-8000-000300000001', '01970000-0000-7000-8000-000200000001', '01970000-0000-7000-8000-000700000001', 4, 1, 'procedure', 1, 'desk', 'finished', 'none', 12, 1, 'vie', 'unknown', 'citizen', '{1,2}', '{}', '', '', '', '2025-11-03 05:00:00+00', '2026-11-25 19:01:23.798018+00', 'c6801b4c78b26bb91271571f854d498ba44aca0f1b30714fff43d680f5cb72b4', '1.001193'),
	('00715', '2025-11-03', '01970000-0000-7000-8000-000800000005', '01970000-0000-7000-8000-000800000005', 0, false, '', '01970000-0000-7000-8000-000300000001', '01970000-0000-7000-8000-000200000001', '01970000-0000-7000-8000-000700000001', 5, 1, 'procedure', 1, 'desk', 'finished', 'none', 12, 1, 'vie', 'unknown', 'citizen', '{1,2}', '{}', '', '', '', '2025-11-03 05:00:00+00', '2026-11-25 19:01:23.798018+00', '0220afe0be2cb549617fefb37d513c1df907fbdb9adc8f3bee0cec6244aa38a2', '1.001193'),
	('00715', '2025-11-03', '01970000-0000-7000-8000-000800000006', '01970000-0000-7000-8000-000800000006', 0, false, '', '01970000-0000-7000-8000-000300000001', '01970000-0000-7000-8000-000200000001', '01970000-0000-7000-8000-000700000001', 6, 1, 'procedure', 1, 'desk', 'finished', 'none', 12, 1, 'vie', 'unknown', 'citizen', '{1,2}', '{}', '', '', '', '2025-11-03 05:00:00+00', '2026-11-25 19:01:23.798018+00', '54958ec127a4f40f15bef9ae6c7f7a794682b6810fc3b141317573fa70035bb3', '1.001193');
INSERT INTO public.django_content_type VALUES
	(1, 'oversight', 'provinceday'),
	(2, 'desk', 'dirtyday'),
	(3, 'desk', 'syncepoch'),
	(4, 'desk', 'dailyfigure'),
	(5, 'desk', 'handover'),
	(6, 'desk', 'supportsession'),
	(7, 'procedures', 'guide'),
	(8, 'procedures', 'procedure'),
	(9, 'procedures', 'procedureversion'),
	(10, 'people', 'account'),
	(11, 'people', 'device'),
	(12, 'people', 'team'),
	(13, 'people', 'volunteer'),
	(14, 'people', 'membership'),
	(15, 'people', 'languageskill'),
	(16, 'people', 'roleassignment'),
	(17, 'places', 'language'),
	(18, 'places', 'place'),
	(19, 'places', 'legacyward'),
	(20, 'places', 'placeversion'),
	(21, 'places', 'trait'),
	(22, 'audit', 'audithead'),
	(23, 'audit', 'auditentry'),
	(24, 'auth', 'permission'),
	(25, 'auth', 'group'),
	(26, 'contenttypes', 'contenttype'),
	(27, 'sessions', 'session'),
	(28, 'account', 'emailaddress'),
	(29, 'account', 'emailconfirmation'),
	(30, 'mfa', 'authenticator'),
	(31, 'usersessions', 'usersession'),
	(32, 'socialaccount', 'socialaccount'),
	(33, 'socialaccount', 'socialapp'),
	(34, 'socialaccount', 'socialtoken'),
	(35, 'procrastinate', 'procrastinateevent'),
	(36, 'procrastinate', 'procrastinatejob'),
	(37, 'procrastinate', 'procrastinateperiodicdefer'),
	(38, 'procrastinate', 'procrastinateworker');
INSERT INTO public.django_migrations VALUES
	(1, 'places', '0001_first_tables', '2026-11-25 19:00:59.362533+00'),
	(2, 'people', '0001_first_tables', '2026-11-25 19:00:59.96676+00'),
	(3, 'account', '0001_initial', '2026-11-25 19:01:00.18014+00'),
	(4, 'account', '0002_email_max_length', '2026-11-25 19:01:00.230029+00'),
	(5, 'account', '0003_alter_emailaddress_create_unique_verified_email', '2026-11-25 19:01:00.30268+00'),
	(6, 'account', '0004_alter_emailaddress_drop_unique_email', '2026-11-25 19:01:00.364077+00'),
	(7, 'account', '0005_emailaddress_idx_upper_email', '2026-11-25 19:01:00.404252+00'),
	(8, 'account', '0006_emailaddress_lower', '2026-11-25 19:01:00.480076+00'),
	(9, 'account', '0007_emailaddress_idx_email', '2026-11-25 19:01:00.595102+00'),
	(10, 'account', '0008_emailaddress_unique_primary_email_fixup', '2026-11-25 19:01:00.701661+00'),
	(11, 'account', '0009_emailaddress_unique_primary_email', '2026-11-25 19:01:00.770283+00'),
	(12, 'audit', '0001_first_tables', '2026-11-25 19:01:00.836346+00'),
	(13, 'contenttypes', '0001_initial', '2026-11-25 19:01:00.844284+00'),
	(14, 'contenttypes', '0002_remove_content_type_name', '2026-11-25 19:01:00.982469+00'),
	(15, 'auth', '0001_initial', '2026-11-25 19:01:01.10664+00'),
	(16, 'auth', '0002_alter_permission_name_max_length', '2026-11-25 19:01:01.125054+00'),
	(17, 'auth', '0003_alter_user_email_max_length', '2026-11-25 19:01:01.150367+00'),
	(18, 'auth', '0004_alter_user_username_opts', '2026-11-25 19:01:01.158759+00'),
	(19, 'auth', '0005_alter_user_last_login_null', '2026-11-25 19:01:01.173908+00'),
	(20, 'auth', '0006_require_contenttypes_0002', '2026-11-25 19:01:01.179278+00'),
	(21, 'auth', '0007_alter_validators_add_error_messages', '2026-11-25 19:01:01.194972+00'),
	(22, 'auth', '0008_alter_user_username_max_length', '2026-11-25 19:01:01.237301+00'),
	(23, 'auth', '0009_alter_user_last_name_max_length', '2026-11-25 19:01:01.290009+00'),
	(24, 'auth', '0010_alter_group_name_max_length', '2026-11-25 19:01:01.340114+00'),
	(25, 'auth', '0011_update_proxy_permissions', '2026-11-25 19:01:01.433461+00'),
	(26, 'auth', '0012_alter_user_first_name_max_length', '2026-11-25 19:01:01.479323+00'),
	(27, 'procedures', '0001_first_tables', '2026-11-25 19:01:01.720063+00'),
	(28, 'desk', '0001_first_tables', '2026-11-25 19:01:02.184987+00'),
	(29, 'desk', '0002_partition_sessions', '2026-11-25 19:01:02.22806+00'),
	(30, 'desk', '0003_scope_policies', '2026-11-25 19:01:02.296074+00'),
	(31, 'mfa', '0001_initial', '2026-11-25 19:01:02.616876+00'),
	(32, 'mfa', '0002_authenticator_timestamps', '2026-11-25 19:01:02.699454+00'),
	(33, 'mfa', '0003_authenticator_type_uniq', '2026-11-25 19:01:02.876304+00'),
	(34, 'oversight', '0001_first_tables', '2026-11-25 19:01:02.909949+00'),
	(35, 'oversight', '0002_scope_policy', '2026-11-25 19:01:02.918821+00'),
	(36, 'procrastinate', '0001_initial', '2026-11-25 19:01:02.969254+00'),
	(37, 'procrastinate', '0002_drop_started_at_column', '2026-11-25 19:01:02.996132+00'),
	(38, 'procrastinate', '0003_drop_started_at_column', '2026-11-25 19:01:03.013025+00'),
	(39, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-25 19:01:03.02366+00'),
	(40, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-25 19:01:03.033601+00'),
	(41, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-25 19:01:03.042659+00'),
	(42, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-25 19:01:03.052284+00'),
	(43, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-25 19:01:03.064642+00'),
	(44, 'procrastinate', '0009_add_defer_job_function', '2026-11-25 19:01:03.082548+00'),
	(45, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-25 19:01:03.094848+00'),
	(46, 'procrastinate', '0011_add_foreign_key_index', '2026-11-25 19:01:03.109392+00'),
	(47, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-25 19:01:03.125445+00'),
	(48, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-25 19:01:03.137028+00'),
	(49, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-25 19:01:03.141233+00'),
	(50, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-25 19:01:03.154728+00'),
	(51, 'procrastinate', '0016_delete_finished_jobs', '2026-11-25 19:01:03.162954+00'),
	(52, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-25 19:01:03.181256+00'),
	(53, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-25 19:01:03.201146+00'),
	(54, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-25 19:01:03.212111+00'),
	(55, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-25 19:01:03.251221+00'),
	(56, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-25 19:01:03.284559+00'),
	(57, 'procrastinate', '0022_null_locks_excluded', '2026-11-25 19:01:03.300048+00'),
	(58, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-25 19:01:03.333142+00'),
	(59, 'procrastinate', '0024_job_id_bigint', '2026-11-25 19:01:03.368136+00'),
	(60, 'procrastinate', '0025_add_models', '2026-11-25 19:01:03.404738+00'),
	(61, 'procrastinate', '0026_add_job_priority', '2026-11-25 19:01:03.458698+00'),
	(62, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-25 19:01:03.492615+00'),
	(63, 'procrastinate', '0028_add_cancel_states', '2026-11-25 19:01:03.530067+00'),
	(64, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-25 19:01:03.564539+00'),
	(65, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-25 19:01:03.59225+00'),
	(66, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-25 19:01:03.632312+00'),
	(67, 'procrastinate', '0032_pre_cancel_notification', '2026-11-25 19:01:03.67494+00'),
	(68, 'procrastinate', '0033_post_cancel_notification', '2026-11-25 19:01:03.778521+00'),
	(69, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-25 19:01:03.878569+00'),
	(70, 'procrastinate', '0035_post_add_heartbeat', '2026-11-25 19:01:03.90838+00'),
	(71, 'procrastinate', '0036_add_worker_model', '2026-11-25 19:01:03.923128+00'),
	(72, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-25 19:01:03.96577+00'),
	(73, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-25 19:01:03.992304+00'),
	(74, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-25 19:01:04.004125+00'),
	(75, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-25 19:01:04.021053+00'),
	(76, 'procrastinate', '0041_post_retry_failed_job', '2026-11-25 19:01:04.037261+00'),
	(77, 'sessions', '0001_initial', '2026-11-25 19:01:04.097949+00'),
	(78, 'socialaccount', '0001_initial', '2026-11-25 19:01:04.344153+00'),
	(79, 'socialaccount', '0002_token_max_lengths', '2026-11-25 19:01:04.456131+00'),
	(80, 'socialaccount', '0003_extra_data_default_dict', '2026-11-25 19:01:04.487384+00'),
	(81, 'socialaccount', '0004_app_provider_id_settings', '2026-11-25 19:01:04.572005+00'),
	(82, 'socialaccount', '0005_socialtoken_nullable_app', '2026-11-25 19:01:04.758353+00'),
	(83, 'socialaccount', '0006_alter_socialaccount_extra_data', '2026-11-25 19:01:04.924869+00'),
	(84, 'usersessions', '0001_initial', '2026-11-25 19:01:05.084137+00');
INSERT INTO public.oversight_provinceday VALUES
	('08', '2025-11-03', '2026-11-25 19:01:23.842658+00', 6, 72, 1, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 6, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0);
INSERT INTO public.people_account VALUES
	('argon2$argon2id$v=19$m=19456,t=2,p=1$UGZJbmpLVnBEOW81QmlmYVRySDJXUw$GqXI7ksmqSjoHTHgtPRoor4GYzMGUcnznCCE30CL2iI', NULL, '01970000-0000-7000-8000-000100000001', 'lan', '', 'Vàng Thị Lan', 'vi', true, '2026-11-25 19:01:21.995366+00'),
	('argon2$argon2id$v=19$m=19456,t=2,p=1$Q014U3ZXZkhnNFFSN1FKSm13bU9zSw$nkr8LU/BeCALQbEIjeqWTBT+70zpcHvivfM1pjXtcJo', NULL, '01970000-0000-7000-8000-000100000002', 'minh', '', 'Nguyễn Đức Minh', 'vi', true, '2026-11-25 19:01:22.403263+00'),
	('argon2$argon2id$v=19$m=19456,t=2,p=1$STI1RUc1QVpJdXl0TVM0bUpTSnAybg$0JOw3xu1Ijrt3tQsM0eLvf20cReLPjO2byPloM6JDqc', NULL, '01970000-0000-7000-8000-000100000003', 'ha', '', 'Trần Thu Hà', 'vi', true, '2026-11-25 19:01:22.676052+00'),
	('argon2$argon2id$v=19$m=19456,t=2,p=1$TE9sMkh3alNNUkxYVk9LdzI3a0l6cg$mpYzY7dFiSceVGq7PVAPyg842TVJ2DLw+WM47UtrQTk', NULL, '01970000-0000-7000-8000-000100000004', 'son', '', 'Lò Văn Sơn', 'vi', true, '2026-11-25 19:01:22.837432+00'),
	('argon2$argon2id$v=19$m=19456,t=2,p=1$RlNpOTdvZDdzY2lha29NdDhwR1E5NA$zECvMtPllNWHrqWVvINgdy/2UsYc2FS/+j+tevqureQ', NULL, '01970000-0000-7000-8000-000100000005', 'duc', '', 'Hoàng Minh Đức', 'vi', true, '2026-11-25 19:01:22.997353+00'),
	('argon2$argon2id$v=19$m=19456,t=2,p=1$U0kzbjN2bml5bUg3bVY2Y1JzQjdwTA$dLJyIkE/FZ/4VQ905Orb1+vebkYsWA7f3LUxlWqD2ME', NULL, '01970000-0000-7000-8000-000100000006', 'an', '', 'Phạm Bình An', 'vi', true, '2026-11-25 19:01:23.144747+00'),
	('argon2$argon2id$v=19$m=19456,t=2,p=1$aGZCNG5xb1BqelpWQTByMzU2MXdlMQ$f7N3wEfOp/5O3opbF/0R0Tg4xJjH/NMdaUuyqBxtSG8', NULL, '01970000-0000-7000-8000-000100000007', 'thu', '', 'Đỗ Hoài Thu', 'vi', true, '2026-11-25 19:01:23.318223+00'),
	('argon2$argon2id$v=19$m=19456,t=2,p=1$Y2dHRlNmekJqNUlJamZ1NGE4U3VFTg$Z3vk+8RBpHX2RqB0cVQpZediH9cpmY0UIBwIWAczV8c', NULL, '01970000-0000-7000-8000-000100000008', 'binh', '', 'Lê Thanh Bình', 'vi', true, '2026-11-25 19:01:23.501515+00');
INSERT INTO public.people_device VALUES
	('01970000-0000-7000-8000-000700000001', '993b4ec31b02ebcfe792ed8eca4758649aa162e7fff661618ba8c0c468b8f229', '', '2026-11-25 19:01:23.70111+00', NULL, NULL, 6, 0, 0, '', '01970000-0000-7000-8000-000100000001');
INSERT INTO public.people_languageskill VALUES
	('01970000-0000-7000-8000-000500000001', 3, 'hmn', '01970000-0000-7000-8000-000300000001'),
	('01970000-0000-7000-8000-000500000002', 3, 'vie', '01970000-0000-7000-8000-000300000002'),
	('01970000-0000-7000-8000-000500000008', 3, 'vie', '01970000-0000-7000-8000-000300000008');
INSERT INTO public.people_membership VALUES
	('01970000-0000-7000-8000-000600000001', 'member', '2025-07-01', NULL, '01970000-0000-7000-8000-000200000001', '01970000-0000-7000-8000-000300000001'),
	('01970000-0000-7000-8000-000600000002', 'leader', '2025-07-01', NULL, '01970000-0000-7000-8000-000200000001', '01970000-0000-7000-8000-000300000002'),
	('01970000-0000-7000-8000-000600000008', 'member', '2025-07-01', NULL, '01970000-0000-7000-8000-000200000002', '01970000-0000-7000-8000-000300000008');
INSERT INTO public.people_roleassignment VALUES
	('01970000-0000-7000-8000-000400000001', 'volunteer', '2025-07-01', NULL, '01970000-0000-7000-8000-000100000001', '00715'),
	('01970000-0000-7000-8000-000400000002', 'team_leader', '2025-07-01', NULL, '01970000-0000-7000-8000-000100000002', '00715'),
	('01970000-0000-7000-8000-000400000003', 'pasc_official', '2025-07-01', NULL, '01970000-0000-7000-8000-000100000003', '00715'),
	('01970000-0000-7000-8000-000400000004', 'commune_secretary', '2025-07-01', NULL, '01970000-0000-7000-8000-000100000004', '00715'),
	('01970000-0000-7000-8000-000400000005', 'province_coordinator', '2025-07-01', NULL, '01970000-0000-7000-8000-000100000005', '08'),
	('01970000-0000-7000-8000-000400000006', 'central', '2025-07-01', NULL, '01970000-0000-7000-8000-000100000006', 'VN'),
	('01970000-0000-7000-8000-000400000007', 'auditor', '2025-07-01', NULL, '01970000-0000-7000-8000-000100000007', 'VN'),
	('01970000-0000-7000-8000-000400000008', 'volunteer', '2025-07-01', NULL, '01970000-0000-7000-8000-000100000008', '00004');
INSERT INTO public.people_team VALUES
	('01970000-0000-7000-8000-000200000001', 'Đội hình Lũng Cú', 'on_duty', '2025-07-01', NULL, '00715'),
	('01970000-0000-7000-8000-000200000002', 'Đội hình Ba Đình', 'on_duty', '2025-07-01', NULL, '00004');
INSERT INTO public.people_volunteer VALUES
	('01970000-0000-7000-8000-000300000001', 'Vàng Thị Lan', 'vang thi lan', 'l15l00l17000', 2, 3, 1023, NULL, true, '2026-11-25 19:01:22.378663+00', '01970000-0000-7000-8000-000100000001', '00715'),
	('01970000-0000-7000-8000-000300000002', 'Nguyễn Đức Minh', 'nguyen duc minh', 'l16l12l17l110000', 2, 3, 1023, NULL, true, '2026-11-25 19:01:22.628619+00', '01970000-0000-7000-8000-000100000002', '00715'),
	('01970000-0000-7000-8000-000300000008', 'Lê Thanh Bình', 'le thanh binh', 'l03l12l17l110100', 2, 3, 1023, NULL, true, '2026-11-25 19:01:23.667405+00', '01970000-0000-7000-8000-000100000008', '00004');
INSERT INTO public.places_language VALUES
	('vie', 'Tiếng Việt', 'Vietnamese'),
	('hmn', 'Mông', 'Hmong');
INSERT INTO public.places_place VALUES
	('VN', 'nation', 'nation', 'Việt Nam', 'viet nam', 'l28l12l08l25 l17l00l1600500000', NULL, NULL, NULL, NULL),
	('01', 'province', 'thanh_pho', 'Hà Nội', 'ha noi', 'l11l00 l17l19l12010050', NULL, NULL, NULL, 'VN'),
	('08', 'province', 'tinh', 'Tuyên Quang', 'tuyen quang', 'l25l26l31l08l17 l22l26l00l17l1000000000000', NULL, NULL, NULL, 'VN'),
	('00004', 'commune', 'phuong', 'Ba Đình', 'ba dinh', 'l03l00 l06l12l17l110000100', 2.97, 21.03945, 105.83637, '01'),
	('00715', 'commune', 'xa', 'Lũng Cú', 'lung cu', 'l15l26l17l10 l04l260300004', 95.2, 23.32566, 105.31141, '08');
INSERT INTO public.procedures_procedure VALUES
	('1.001193', 'ho_tich', NULL);
SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);
SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 152, true);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 38, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 84, true);
SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);
SELECT pg_catalog.setval('public.socialaccount_socialaccount_id_seq', 1, false);
SELECT pg_catalog.setval('public.socialaccount_socialapp_id_seq', 1, false);
SELECT pg_catalog.setval('public.socialaccount_socialtoken_id_seq', 1, false);
SELECT pg_catalog.setval('public.usersessions_usersession_id_seq', 1, false);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_auditentry
    ADD CONSTRAINT audit_auditentry_pkey PRIMARY KEY (chain, number);
ALTER TABLE ONLY public.audit_audithead
    ADD CONSTRAINT audit_audithead_pkey PRIMARY KEY (chain);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cache_entry
    ADD CONSTRAINT cache_entry_pkey PRIMARY KEY (cache_key);
ALTER TABLE ONLY public.desk_dailyfigure
    ADD CONSTRAINT desk_dailyfigure_pkey PRIMARY KEY (commune_code, day, team_id);
ALTER TABLE ONLY public.desk_dirtyday
    ADD CONSTRAINT desk_dirtyday_pkey PRIMARY KEY (commune_code, day);
ALTER TABLE ONLY public.desk_handover
    ADD CONSTRAINT desk_handover_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession
    ADD CONSTRAINT desk_supportsession_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202507
    ADD CONSTRAINT desk_supportsession_202507_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202508
    ADD CONSTRAINT desk_supportsession_202508_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202509
    ADD CONSTRAINT desk_supportsession_202509_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202510
    ADD CONSTRAINT desk_supportsession_202510_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202511
    ADD CONSTRAINT desk_supportsession_202511_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202512
    ADD CONSTRAINT desk_supportsession_202512_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202601
    ADD CONSTRAINT desk_supportsession_202601_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202602
    ADD CONSTRAINT desk_supportsession_202602_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202603
    ADD CONSTRAINT desk_supportsession_202603_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202604
    ADD CONSTRAINT desk_supportsession_202604_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202605
    ADD CONSTRAINT desk_supportsession_202605_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202606
    ADD CONSTRAINT desk_supportsession_202606_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202607
    ADD CONSTRAINT desk_supportsession_202607_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202608
    ADD CONSTRAINT desk_supportsession_202608_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202609
    ADD CONSTRAINT desk_supportsession_202609_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202610
    ADD CONSTRAINT desk_supportsession_202610_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202611
    ADD CONSTRAINT desk_supportsession_202611_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202612
    ADD CONSTRAINT desk_supportsession_202612_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202701
    ADD CONSTRAINT desk_supportsession_202701_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202702
    ADD CONSTRAINT desk_supportsession_202702_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202703
    ADD CONSTRAINT desk_supportsession_202703_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202704
    ADD CONSTRAINT desk_supportsession_202704_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_supportsession_202705
    ADD CONSTRAINT desk_supportsession_202705_pkey PRIMARY KEY (commune_code, day, id);
ALTER TABLE ONLY public.desk_syncepoch
    ADD CONSTRAINT desk_syncepoch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.people_languageskill
    ADD CONSTRAINT languageskill_once UNIQUE (volunteer_id, language_id);
ALTER TABLE ONLY public.places_legacyward
    ADD CONSTRAINT legacyward_once UNIQUE (old_code, place_id);
ALTER TABLE ONLY public.people_membership
    ADD CONSTRAINT membership_no_overlap EXCLUDE USING gist (team_id WITH =, volunteer_id WITH =, daterange(valid_from, valid_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_provinceday
    ADD CONSTRAINT oversight_provinceday_pkey PRIMARY KEY (province_code, day);
ALTER TABLE ONLY public.people_account
    ADD CONSTRAINT people_account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_account
    ADD CONSTRAINT people_account_username_key UNIQUE (username);
ALTER TABLE ONLY public.people_device
    ADD CONSTRAINT people_device_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_device
    ADD CONSTRAINT people_device_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.people_languageskill
    ADD CONSTRAINT people_languageskill_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_membership
    ADD CONSTRAINT people_membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_roleassignment
    ADD CONSTRAINT people_roleassignment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT people_team_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_volunteer
    ADD CONSTRAINT people_volunteer_account_id_key UNIQUE (account_id);
ALTER TABLE ONLY public.people_volunteer
    ADD CONSTRAINT people_volunteer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.places_language
    ADD CONSTRAINT places_language_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.places_legacyward
    ADD CONSTRAINT places_legacyward_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.places_place
    ADD CONSTRAINT places_place_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.places_placeversion
    ADD CONSTRAINT places_placeversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.places_trait
    ADD CONSTRAINT places_trait_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.places_placeversion
    ADD CONSTRAINT placeversion_no_overlap EXCLUDE USING gist (place_id WITH =, daterange(valid_from, valid_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.procedures_guide
    ADD CONSTRAINT procedures_guide_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.procedures_procedure
    ADD CONSTRAINT procedures_procedure_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.procedures_procedureversion
    ADD CONSTRAINT procedures_procedureversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procedures_procedureversion
    ADD CONSTRAINT procedureversion_number UNIQUE (procedure_id, number);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_roleassignment
    ADD CONSTRAINT roleassignment_no_overlap EXCLUDE USING gist (account_id WITH =, role WITH =, place_id WITH =, daterange(valid_from, valid_to, '[)'::text) WITH &&);
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid);
ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id);
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT team_name_in_commune UNIQUE (commune_id, name);
ALTER TABLE ONLY public.places_trait
    ADD CONSTRAINT trait_once UNIQUE (place_id, trait, value);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX audit_audithead_chain_d9ddaf34_like ON public.audit_audithead USING btree (chain varchar_pattern_ops);
CREATE INDEX audit_entry_action ON public.audit_auditentry USING btree (action, at);
CREATE INDEX audit_entry_at ON public.audit_auditentry USING btree (at);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX cache_entry_expires ON public.cache_entry USING btree (expires);
CREATE INDEX dailyfigure_day ON public.desk_dailyfigure USING btree (day, commune_code);
CREATE INDEX session_root ON ONLY public.desk_supportsession USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202507_commune_code_day_root_id_idx ON public.desk_supportsession_202507 USING btree (commune_code, day, root_id);
CREATE INDEX session_return_code ON ONLY public.desk_supportsession USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202507_commune_code_return_code_idx ON public.desk_supportsession_202507 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX session_volunteer ON ONLY public.desk_supportsession USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202507_volunteer_id_day_idx ON public.desk_supportsession_202507 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202508_commune_code_day_root_id_idx ON public.desk_supportsession_202508 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202508_commune_code_return_code_idx ON public.desk_supportsession_202508 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202508_volunteer_id_day_idx ON public.desk_supportsession_202508 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202509_commune_code_day_root_id_idx ON public.desk_supportsession_202509 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202509_commune_code_return_code_idx ON public.desk_supportsession_202509 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202509_volunteer_id_day_idx ON public.desk_supportsession_202509 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202510_commune_code_day_root_id_idx ON public.desk_supportsession_202510 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202510_commune_code_return_code_idx ON public.desk_supportsession_202510 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202510_volunteer_id_day_idx ON public.desk_supportsession_202510 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202511_commune_code_day_root_id_idx ON public.desk_supportsession_202511 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202511_commune_code_return_code_idx ON public.desk_supportsession_202511 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202511_volunteer_id_day_idx ON public.desk_supportsession_202511 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202512_commune_code_day_root_id_idx ON public.desk_supportsession_202512 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202512_commune_code_return_code_idx ON public.desk_supportsession_202512 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202512_volunteer_id_day_idx ON public.desk_supportsession_202512 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202601_commune_code_day_root_id_idx ON public.desk_supportsession_202601 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202601_commune_code_return_code_idx ON public.desk_supportsession_202601 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202601_volunteer_id_day_idx ON public.desk_supportsession_202601 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202602_commune_code_day_root_id_idx ON public.desk_supportsession_202602 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202602_commune_code_return_code_idx ON public.desk_supportsession_202602 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202602_volunteer_id_day_idx ON public.desk_supportsession_202602 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202603_commune_code_day_root_id_idx ON public.desk_supportsession_202603 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202603_commune_code_return_code_idx ON public.desk_supportsession_202603 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202603_volunteer_id_day_idx ON public.desk_supportsession_202603 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202604_commune_code_day_root_id_idx ON public.desk_supportsession_202604 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202604_commune_code_return_code_idx ON public.desk_supportsession_202604 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202604_volunteer_id_day_idx ON public.desk_supportsession_202604 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202605_commune_code_day_root_id_idx ON public.desk_supportsession_202605 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202605_commune_code_return_code_idx ON public.desk_supportsession_202605 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202605_volunteer_id_day_idx ON public.desk_supportsession_202605 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202606_commune_code_day_root_id_idx ON public.desk_supportsession_202606 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202606_commune_code_return_code_idx ON public.desk_supportsession_202606 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202606_volunteer_id_day_idx ON public.desk_supportsession_202606 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202607_commune_code_day_root_id_idx ON public.desk_supportsession_202607 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202607_commune_code_return_code_idx ON public.desk_supportsession_202607 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202607_volunteer_id_day_idx ON public.desk_supportsession_202607 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202608_commune_code_day_root_id_idx ON public.desk_supportsession_202608 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202608_commune_code_return_code_idx ON public.desk_supportsession_202608 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202608_volunteer_id_day_idx ON public.desk_supportsession_202608 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202609_commune_code_day_root_id_idx ON public.desk_supportsession_202609 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202609_commune_code_return_code_idx ON public.desk_supportsession_202609 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202609_volunteer_id_day_idx ON public.desk_supportsession_202609 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202610_commune_code_day_root_id_idx ON public.desk_supportsession_202610 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202610_commune_code_return_code_idx ON public.desk_supportsession_202610 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202610_volunteer_id_day_idx ON public.desk_supportsession_202610 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202611_commune_code_day_root_id_idx ON public.desk_supportsession_202611 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202611_commune_code_return_code_idx ON public.desk_supportsession_202611 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202611_volunteer_id_day_idx ON public.desk_supportsession_202611 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202612_commune_code_day_root_id_idx ON public.desk_supportsession_202612 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202612_commune_code_return_code_idx ON public.desk_supportsession_202612 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202612_volunteer_id_day_idx ON public.desk_supportsession_202612 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202701_commune_code_day_root_id_idx ON public.desk_supportsession_202701 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202701_commune_code_return_code_idx ON public.desk_supportsession_202701 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202701_volunteer_id_day_idx ON public.desk_supportsession_202701 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202702_commune_code_day_root_id_idx ON public.desk_supportsession_202702 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202702_commune_code_return_code_idx ON public.desk_supportsession_202702 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202702_volunteer_id_day_idx ON public.desk_supportsession_202702 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202703_commune_code_day_root_id_idx ON public.desk_supportsession_202703 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202703_commune_code_return_code_idx ON public.desk_supportsession_202703 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202703_volunteer_id_day_idx ON public.desk_supportsession_202703 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202704_commune_code_day_root_id_idx ON public.desk_supportsession_202704 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202704_commune_code_return_code_idx ON public.desk_supportsession_202704 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202704_volunteer_id_day_idx ON public.desk_supportsession_202704 USING btree (volunteer_id, day);
CREATE INDEX desk_supportsession_202705_commune_code_day_root_id_idx ON public.desk_supportsession_202705 USING btree (commune_code, day, root_id);
CREATE INDEX desk_supportsession_202705_commune_code_return_code_idx ON public.desk_supportsession_202705 USING btree (commune_code, return_code) WHERE (NOT ((return_code)::text = ''::text));
CREATE INDEX desk_supportsession_202705_volunteer_id_day_idx ON public.desk_supportsession_202705 USING btree (volunteer_id, day);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX handover_waiting ON public.desk_handover USING btree (commune_code, state, made_at);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX people_account_username_e074b194_like ON public.people_account USING btree (username varchar_pattern_ops);
CREATE INDEX people_device_account_id_8b4559f5 ON public.people_device USING btree (account_id);
CREATE INDEX people_device_token_hash_8cae0177_like ON public.people_device USING btree (token_hash varchar_pattern_ops);
CREATE INDEX people_languageskill_language_id_9a76fd6a ON public.people_languageskill USING btree (language_id);
CREATE INDEX people_languageskill_language_id_9a76fd6a_like ON public.people_languageskill USING btree (language_id varchar_pattern_ops);
CREATE INDEX people_languageskill_volunteer_id_6ca61ef6 ON public.people_languageskill USING btree (volunteer_id);
CREATE INDEX people_membership_team_id_61ae9260 ON public.people_membership USING btree (team_id);
CREATE INDEX people_membership_volunteer_id_92ba3f33 ON public.people_membership USING btree (volunteer_id);
CREATE INDEX people_roleassignment_account_id_0d0b7380 ON public.people_roleassignment USING btree (account_id);
CREATE INDEX people_roleassignment_place_id_b350c7e1 ON public.people_roleassignment USING btree (place_id);
CREATE INDEX people_roleassignment_place_id_b350c7e1_like ON public.people_roleassignment USING btree (place_id varchar_pattern_ops);
CREATE INDEX people_team_commune_id_3bf80950 ON public.people_team USING btree (commune_id);
CREATE INDEX people_team_commune_id_3bf80950_like ON public.people_team USING btree (commune_id varchar_pattern_ops);
CREATE INDEX people_volunteer_home_id_7029c8ba ON public.people_volunteer USING btree (home_id);
CREATE INDEX people_volunteer_home_id_7029c8ba_like ON public.people_volunteer USING btree (home_id varchar_pattern_ops);
CREATE INDEX places_language_code_263d6c9a_like ON public.places_language USING btree (code varchar_pattern_ops);
CREATE INDEX places_legacyward_fold_59852c06 ON public.places_legacyward USING btree (fold);
CREATE INDEX places_legacyward_fold_59852c06_like ON public.places_legacyward USING btree (fold varchar_pattern_ops);
CREATE INDEX places_legacyward_place_id_6621c7b2 ON public.places_legacyward USING btree (place_id);
CREATE INDEX places_legacyward_place_id_6621c7b2_like ON public.places_legacyward USING btree (place_id varchar_pattern_ops);
CREATE INDEX places_place_code_1c415a63_like ON public.places_place USING btree (code varchar_pattern_ops);
CREATE INDEX places_place_fold_d1234a06 ON public.places_place USING btree (fold);
CREATE INDEX places_place_fold_d1234a06_like ON public.places_place USING btree (fold varchar_pattern_ops);
CREATE INDEX places_place_parent_id_593054a7 ON public.places_place USING btree (parent_id);
CREATE INDEX places_place_parent_id_593054a7_like ON public.places_place USING btree (parent_id varchar_pattern_ops);
CREATE INDEX places_place_sort_key_e0b46e07 ON public.places_place USING btree (sort_key);
CREATE INDEX places_place_sort_key_e0b46e07_like ON public.places_place USING btree (sort_key varchar_pattern_ops);
CREATE INDEX places_placeversion_parent_id_a01d88be ON public.places_placeversion USING btree (parent_id);
CREATE INDEX places_placeversion_parent_id_a01d88be_like ON public.places_placeversion USING btree (parent_id varchar_pattern_ops);
CREATE INDEX places_placeversion_place_id_dccd31ab ON public.places_placeversion USING btree (place_id);
CREATE INDEX places_placeversion_place_id_dccd31ab_like ON public.places_placeversion USING btree (place_id varchar_pattern_ops);
CREATE INDEX places_trait_place_id_8d557c30 ON public.places_trait USING btree (place_id);
CREATE INDEX places_trait_place_id_8d557c30_like ON public.places_trait USING btree (place_id varchar_pattern_ops);
CREATE INDEX procedures_guide_key_4c90d3f0_like ON public.procedures_guide USING btree (key varchar_pattern_ops);
CREATE INDEX procedures_procedure_code_e4d5567f_like ON public.procedures_procedure USING btree (code varchar_pattern_ops);
CREATE INDEX procedures_procedure_superseded_by_id_60584999 ON public.procedures_procedure USING btree (superseded_by_id);
CREATE INDEX procedures_procedure_superseded_by_id_60584999_like ON public.procedures_procedure USING btree (superseded_by_id varchar_pattern_ops);
CREATE INDEX procedures_procedureversion_procedure_id_8362303d ON public.procedures_procedureversion USING btree (procedure_id);
CREATE INDEX procedures_procedureversion_procedure_id_8362303d_like ON public.procedures_procedureversion USING btree (procedure_id varchar_pattern_ops);
CREATE INDEX procedures_procedureversion_province_id_6c17afc5 ON public.procedures_procedureversion USING btree (province_id);
CREATE INDEX procedures_procedureversion_province_id_6c17afc5_like ON public.procedures_procedureversion USING btree (province_id varchar_pattern_ops);
CREATE INDEX procedureversion_published ON public.procedures_procedureversion USING btree (published_at);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE INDEX provinceday_day ON public.oversight_provinceday USING btree (day);
CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id);
CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id);
CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);
CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);
CREATE INDEX volunteer_fold ON public.people_volunteer USING btree (fold);
CREATE INDEX volunteer_home ON public.people_volunteer USING btree (home_id, sort_key);
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202507_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202507_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202507_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202507_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202508_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202508_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202508_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202508_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202509_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202509_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202509_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202509_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202510_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202510_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202510_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202510_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202511_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202511_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202511_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202511_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202512_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202512_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202512_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202512_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202601_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202601_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202601_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202601_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202602_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202602_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202602_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202602_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202603_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202603_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202603_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202603_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202604_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202604_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202604_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202604_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202605_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202605_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202605_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202605_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202606_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202606_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202606_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202606_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202607_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202607_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202607_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202607_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202608_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202608_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202608_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202608_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202609_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202609_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202609_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202609_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202610_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202610_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202610_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202610_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202611_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202611_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202611_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202611_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202612_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202612_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202612_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202612_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202701_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202701_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202701_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202701_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202702_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202702_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202702_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202702_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202703_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202703_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202703_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202703_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202704_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202704_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202704_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202704_volunteer_id_day_idx;
ALTER INDEX public.session_root ATTACH PARTITION public.desk_supportsession_202705_commune_code_day_root_id_idx;
ALTER INDEX public.session_return_code ATTACH PARTITION public.desk_supportsession_202705_commune_code_return_code_idx;
ALTER INDEX public.desk_supportsession_pkey ATTACH PARTITION public.desk_supportsession_202705_pkey;
ALTER INDEX public.session_volunteer ATTACH PARTITION public.desk_supportsession_202705_volunteer_id_day_idx;
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_people_account_id FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_handover
    ADD CONSTRAINT desk_handover_procedure_id_12cbd0a5_fk_procedure FOREIGN KEY (procedure_id) REFERENCES public.procedures_procedure(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_people_account_id FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_device
    ADD CONSTRAINT people_device_account_id_8b4559f5_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_languageskill
    ADD CONSTRAINT people_languageskill_language_id_9a76fd6a_fk_places_la FOREIGN KEY (language_id) REFERENCES public.places_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_languageskill
    ADD CONSTRAINT people_languageskill_volunteer_id_6ca61ef6_fk_people_vo FOREIGN KEY (volunteer_id) REFERENCES public.people_volunteer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_membership
    ADD CONSTRAINT people_membership_team_id_61ae9260_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_membership
    ADD CONSTRAINT people_membership_volunteer_id_92ba3f33_fk_people_volunteer_id FOREIGN KEY (volunteer_id) REFERENCES public.people_volunteer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_roleassignment
    ADD CONSTRAINT people_roleassignment_account_id_0d0b7380_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_roleassignment
    ADD CONSTRAINT people_roleassignment_place_id_b350c7e1_fk_places_place_code FOREIGN KEY (place_id) REFERENCES public.places_place(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT people_team_commune_id_3bf80950_fk_places_place_code FOREIGN KEY (commune_id) REFERENCES public.places_place(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_volunteer
    ADD CONSTRAINT people_volunteer_account_id_750790c8_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_volunteer
    ADD CONSTRAINT people_volunteer_home_id_7029c8ba_fk_places_place_code FOREIGN KEY (home_id) REFERENCES public.places_place(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.places_legacyward
    ADD CONSTRAINT places_legacyward_place_id_6621c7b2_fk_places_place_code FOREIGN KEY (place_id) REFERENCES public.places_place(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.places_place
    ADD CONSTRAINT places_place_parent_id_593054a7_fk_places_place_code FOREIGN KEY (parent_id) REFERENCES public.places_place(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.places_placeversion
    ADD CONSTRAINT places_placeversion_parent_id_a01d88be_fk_places_place_code FOREIGN KEY (parent_id) REFERENCES public.places_place(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.places_placeversion
    ADD CONSTRAINT places_placeversion_place_id_dccd31ab_fk_places_place_code FOREIGN KEY (place_id) REFERENCES public.places_place(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.places_trait
    ADD CONSTRAINT places_trait_place_id_8d557c30_fk_places_place_code FOREIGN KEY (place_id) REFERENCES public.places_place(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_procedureversion
    ADD CONSTRAINT procedures_procedure_procedure_id_8362303d_fk_procedure FOREIGN KEY (procedure_id) REFERENCES public.procedures_procedure(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_procedureversion
    ADD CONSTRAINT procedures_procedure_province_id_6c17afc5_fk_places_pl FOREIGN KEY (province_id) REFERENCES public.places_place(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procedures_procedure
    ADD CONSTRAINT procedures_procedure_superseded_by_id_60584999_fk_procedure FOREIGN KEY (superseded_by_id) REFERENCES public.procedures_procedure(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
ALTER TABLE public.desk_supportsession
    ADD CONSTRAINT session_procedure_known FOREIGN KEY (procedure_id) REFERENCES public.procedures_procedure(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_social_user_id_8146e70c_fk_people_ac FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_people_account_id FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.desk_dailyfigure ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.desk_handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.desk_supportsession ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.oversight_provinceday ENABLE ROW LEVEL SECURITY;
CREATE POLICY within_scope ON public.desk_dailyfigure USING (((current_setting('aoxanh.reach'::text, true) = 'nation'::text) OR ((commune_code)::text = ANY (string_to_array(current_setting('aoxanh.communes'::text, true), ','::text))) OR ((commune_code)::text IN ( SELECT places_place.code
   FROM public.places_place
  WHERE ((places_place.parent_id)::text = ANY (string_to_array(current_setting('aoxanh.provinces'::text, true), ','::text))))))) WITH CHECK (((current_setting('aoxanh.reach'::text, true) = 'nation'::text) OR ((commune_code)::text = ANY (string_to_array(current_setting('aoxanh.communes'::text, true), ','::text))) OR ((commune_code)::text IN ( SELECT places_place.code
   FROM public.places_place
  WHERE ((places_place.parent_id)::text = ANY (string_to_array(current_setting('aoxanh.provinces'::text, true), ','::text)))))));
CREATE POLICY within_scope ON public.desk_handover USING (((current_setting('aoxanh.reach'::text, true) = 'nation'::text) OR ((commune_code)::text = ANY (string_to_array(current_setting('aoxanh.communes'::text, true), ','::text))) OR ((commune_code)::text IN ( SELECT places_place.code
   FROM public.places_place
  WHERE ((places_place.parent_id)::text = ANY (string_to_array(current_setting('aoxanh.provinces'::text, true), ','::text))))))) WITH CHECK (((current_setting('aoxanh.reach'::text, true) = 'nation'::text) OR ((commune_code)::text = ANY (string_to_array(current_setting('aoxanh.communes'::text, true), ','::text))) OR ((commune_code)::text IN ( SELECT places_place.code
   FROM public.places_place
  WHERE ((places_place.parent_id)::text = ANY (string_to_array(current_setting('aoxanh.provinces'::text, true), ','::text)))))));
CREATE POLICY within_scope ON public.desk_supportsession USING (((current_setting('aoxanh.reach'::text, true) = 'nation'::text) OR ((commune_code)::text = ANY (string_to_array(current_setting('aoxanh.communes'::text, true), ','::text))) OR ((commune_code)::text IN ( SELECT places_place.code
   FROM public.places_place
  WHERE ((places_place.parent_id)::text = ANY (string_to_array(current_setting('aoxanh.provinces'::text, true), ','::text))))))) WITH CHECK (((current_setting('aoxanh.reach'::text, true) = 'nation'::text) OR ((commune_code)::text = ANY (string_to_array(current_setting('aoxanh.communes'::text, true), ','::text))) OR ((commune_code)::text IN ( SELECT places_place.code
   FROM public.places_place
  WHERE ((places_place.parent_id)::text = ANY (string_to_array(current_setting('aoxanh.provinces'::text, true), ','::text)))))));
CREATE POLICY within_scope ON public.oversight_provinceday USING (((current_setting('aoxanh.reach'::text, true) = 'nation'::text) OR ((province_code)::text = ANY (string_to_array(current_setting('aoxanh.provinces'::text, true), ','::text))))) WITH CHECK (((current_setting('aoxanh.reach'::text, true) = 'nation'::text) OR ((province_code)::text = ANY (string_to_array(current_setting('aoxanh.provinces'::text, true), ','::text)))));
