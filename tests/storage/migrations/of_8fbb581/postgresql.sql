-- A database as version 8fbb581 of this program left it (pg_dump --inserts --no-owner --no-privileges; its settings left out), with everything in it made up.
-- Made with that version's own code and tests/telegram/stage.py, and SECRET of tests/house.py as its key: Karin has come in on
-- Telegram (901), by mail and in the queue; Alva has an invitation. Sara (501, sv) has sent an application with a file
-- (SAM-2026-0001), Kim wished on the web for a first meeting (SAM-2026-0002). Karin took that one, wrote to Kim, and has begun to
-- assess it. Omar (502, ar) stands at the question about the area, Lo on the web within theirs. Last of all Karin took Sara's
-- case, and the program ended before Sara was told.
CREATE TABLE public.addresses (
    id bigint NOT NULL,
    channel character varying(20) NOT NULL,
    address character varying(320) NOT NULL,
    person_id bigint NOT NULL,
    reachable boolean DEFAULT true NOT NULL,
    used_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone
)
WITH (fillfactor='70');
CREATE SEQUENCE public.addresses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.addresses_id_seq OWNED BY public.addresses.id;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.case_events (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    person_id bigint,
    what character varying(24) NOT NULL,
    data jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    digest character varying(64),
    chain character varying(64)
);
CREATE SEQUENCE public.case_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.case_events_id_seq OWNED BY public.case_events.id;
CREATE TABLE public.case_invitations (
    token_hash character varying(64) NOT NULL,
    case_id bigint NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    person_id bigint
);
CREATE TABLE public.cases (
    id bigint NOT NULL,
    reference character varying(20),
    state character varying(12) DEFAULT 'draft'::character varying NOT NULL,
    title jsonb,
    waiting_since timestamp with time zone,
    taken_by bigint,
    created_at timestamp with time zone NOT NULL,
    waits_for character varying(12) DEFAULT 'nobody'::character varying NOT NULL,
    taker character varying(120) DEFAULT ''::character varying NOT NULL,
    registration character varying(40) DEFAULT ''::character varying NOT NULL,
    locale character varying(16) DEFAULT ''::character varying NOT NULL,
    kinds jsonb DEFAULT '[]'::jsonb NOT NULL,
    scope character varying(12) DEFAULT ''::character varying NOT NULL,
    district character varying(24) DEFAULT ''::character varying NOT NULL,
    actors jsonb DEFAULT '[]'::jsonb NOT NULL,
    established character varying(12) DEFAULT ''::character varying NOT NULL,
    sent_at timestamp with time zone,
    protected boolean DEFAULT false NOT NULL,
    sought text DEFAULT ''::text NOT NULL,
    latest bigint DEFAULT '0'::bigint NOT NULL
);
CREATE SEQUENCE public.cases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.cases_id_seq OWNED BY public.cases.id;
CREATE TABLE public.counters (
    name character varying(20) NOT NULL,
    value integer NOT NULL
);
CREATE TABLE public.deletions (
    day character varying(10) NOT NULL,
    what character varying(24) NOT NULL,
    count integer NOT NULL
);
CREATE TABLE public.desk_drafts (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    case_id bigint,
    dialog character varying(24) NOT NULL,
    answers jsonb NOT NULL,
    changing character varying(24) DEFAULT ''::character varying NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone NOT NULL,
    touched_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.desk_drafts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.desk_drafts_id_seq OWNED BY public.desk_drafts.id;
CREATE TABLE public.drafts (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    dialog character varying(24) NOT NULL,
    answers jsonb NOT NULL,
    changing character varying(24) DEFAULT ''::character varying NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    sent boolean DEFAULT false NOT NULL,
    started_at timestamp with time zone NOT NULL,
    touched_at timestamp with time zone NOT NULL,
    reminded_at timestamp with time zone,
    warned_at timestamp with time zone
)
WITH (fillfactor='70');
CREATE SEQUENCE public.drafts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.drafts_id_seq OWNED BY public.drafts.id;
CREATE TABLE public.erasures (
    id bigint NOT NULL,
    what character varying(12) NOT NULL,
    key bigint NOT NULL,
    data jsonb NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.erasures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.erasures_id_seq OWNED BY public.erasures.id;
CREATE TABLE public.files (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    draft_id bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    name character varying(120) NOT NULL,
    mime character varying(100) NOT NULL,
    size integer NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.files_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.files_id_seq OWNED BY public.files.id;
CREATE TABLE public.following (
    case_id bigint NOT NULL,
    person_id bigint NOT NULL,
    follows boolean DEFAULT false NOT NULL,
    read_to bigint DEFAULT '0'::bigint NOT NULL
);
CREATE TABLE public.invitations (
    token_hash character varying(64) NOT NULL,
    person_id bigint NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
CREATE TABLE public.named (
    case_id bigint NOT NULL,
    person_id bigint NOT NULL
);
CREATE TABLE public.openings (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    person_id bigint,
    what character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.openings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.openings_id_seq OWNED BY public.openings.id;
CREATE TABLE public.outbox (
    id bigint NOT NULL,
    channel character varying(20) NOT NULL,
    address character varying(320) NOT NULL,
    person_id bigint,
    case_id bigint,
    draft_id bigint,
    reply jsonb NOT NULL,
    lasting boolean DEFAULT false NOT NULL,
    locale character varying(16) NOT NULL,
    replaces character varying(40) DEFAULT ''::character varying NOT NULL,
    state character varying(10) DEFAULT 'due'::character varying NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone NOT NULL,
    leased_until timestamp with time zone,
    trouble text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;
CREATE TABLE public.participants (
    case_id bigint NOT NULL,
    person_id bigint NOT NULL,
    role character varying(20) DEFAULT 'writer'::character varying NOT NULL
);
CREATE TABLE public.people (
    id bigint NOT NULL,
    locale character varying(16) NOT NULL,
    terms character varying(16) DEFAULT ''::character varying NOT NULL,
    terms_at timestamp with time zone,
    at_hand bigint DEFAULT '0'::bigint NOT NULL,
    reminders boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone NOT NULL
)
WITH (fillfactor='70');
CREATE SEQUENCE public.people_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.people_id_seq OWNED BY public.people.id;
CREATE TABLE public.seals (
    case_id bigint NOT NULL,
    place integer NOT NULL,
    events integer NOT NULL,
    chain character varying(64) NOT NULL,
    seal character varying(64) NOT NULL
);
CREATE TABLE public.seen_updates (
    channel character varying(20) NOT NULL,
    update_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.staff (
    person_id bigint NOT NULL,
    name character varying(120) NOT NULL,
    active boolean DEFAULT true NOT NULL,
    administrator boolean DEFAULT false NOT NULL,
    away_since character varying(10) DEFAULT ''::character varying NOT NULL,
    away_until character varying(10) DEFAULT ''::character varying NOT NULL,
    digest_on character varying(10) DEFAULT ''::character varying NOT NULL,
    deputy_id bigint
);
CREATE TABLE public.submissions (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    draft_id bigint NOT NULL,
    dialog character varying(24) NOT NULL,
    record jsonb NOT NULL,
    shared jsonb,
    locale character varying(16) NOT NULL,
    terms character varying(16) NOT NULL,
    person_id bigint NOT NULL,
    sent_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.submissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.submissions_id_seq OWNED BY public.submissions.id;
ALTER TABLE ONLY public.addresses ALTER COLUMN id SET DEFAULT nextval('public.addresses_id_seq'::regclass);
ALTER TABLE ONLY public.case_events ALTER COLUMN id SET DEFAULT nextval('public.case_events_id_seq'::regclass);
ALTER TABLE ONLY public.cases ALTER COLUMN id SET DEFAULT nextval('public.cases_id_seq'::regclass);
ALTER TABLE ONLY public.desk_drafts ALTER COLUMN id SET DEFAULT nextval('public.desk_drafts_id_seq'::regclass);
ALTER TABLE ONLY public.drafts ALTER COLUMN id SET DEFAULT nextval('public.drafts_id_seq'::regclass);
ALTER TABLE ONLY public.erasures ALTER COLUMN id SET DEFAULT nextval('public.erasures_id_seq'::regclass);
ALTER TABLE ONLY public.files ALTER COLUMN id SET DEFAULT nextval('public.files_id_seq'::regclass);
ALTER TABLE ONLY public.openings ALTER COLUMN id SET DEFAULT nextval('public.openings_id_seq'::regclass);
ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);
ALTER TABLE ONLY public.people ALTER COLUMN id SET DEFAULT nextval('public.people_id_seq'::regclass);
ALTER TABLE ONLY public.submissions ALTER COLUMN id SET DEFAULT nextval('public.submissions_id_seq'::regclass);
INSERT INTO public.addresses VALUES (2, 'mail', 'karin@example.se', 1, true, '2026-11-30 05:34:52.833795+00', NULL);
INSERT INTO public.addresses VALUES (3, 'queue', 'f99bffd41250d8247a5e356ee7848598f15611fc3e679c8a5bd51591d9fdbc8e', 1, true, '2026-11-30 05:34:52.842216+00', '2026-11-30 17:34:52.842218+00');
INSERT INTO public.addresses VALUES (7, 'web', 'lo', 6, true, '2026-11-30 05:34:59.538212+00', NULL);
INSERT INTO public.addresses VALUES (1, 'contact_persons', '901', 1, true, '2026-11-30 05:35:00.173604+00', NULL);
INSERT INTO public.addresses VALUES (4, 'applicants', '501', 3, true, '2026-11-30 05:34:56.302624+00', NULL);
INSERT INTO public.addresses VALUES (5, 'applicants', '502', 4, true, '2026-11-30 05:34:58.381831+00', NULL);
INSERT INTO public.addresses VALUES (6, 'web', 'kim', 5, true, '2026-11-30 05:34:58.874508+00', NULL);
INSERT INTO public.alembic_version VALUES ('0005');
INSERT INTO public.case_events VALUES (1, 1, 3, 'application_sent', '{"draft": 1, "scope": "yes", "title": "Möllevångstorget", "actors": ["association", "property_owner"], "locale": "sv", "sha256": "3fcb0a5f5a5f57140413cd9887d3831cd31300c6e81ca43cbdc739020d6299ae", "district": "innerstaden", "reference": "SAM-2026-0001", "submission": 1, "established": "met"}', '2026-11-30 05:34:56.302624+00', '93cde242478008f7be1f0d900a03ee5a274e3b62ccbe09eb01139f2f1c9d9051', '10a59aa9ff9aecdcb709622128cbf623eb849ab8a732db85f3ccc9a537d5406f');
INSERT INTO public.case_events VALUES (2, 3, 5, 'meeting_sent', '{"draft": 4, "locale": "en", "sha256": "f6128653b5255b33704ffd2a385fcc7943d0bbcc5165ca240551a31c05a8f4b8", "district": "", "reference": "SAM-2026-0002", "submission": 2}', '2026-11-30 05:34:58.874508+00', 'd41671220aae5f2297c9cc99809f65216056a89f803e369be621e21d7e301863', '3126c5f85077899428683916f3b5a4ee92eb1ea3a9673be71710c02052389200');
INSERT INTO public.case_events VALUES (3, 3, 1, 'taken', '{}', '2026-11-30 05:34:59.645409+00', '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a', '399f01b877121285006e866f252f1abcb198a1583b7c510da3d0961c2acc9182');
INSERT INTO public.case_events VALUES (4, 3, 1, 'write', '{"ball": "applicants", "text": "Välkommen till ett möte.", "locale": "en"}', '2026-11-30 05:34:59.747053+00', '0fd1f5f683cf59ba5b007184edd7439ee8563dea5c15e5805789fb19dcbaab5c', '4854f2be60c6b85369af3c2c949fefea76c40e549f2046cad41cfe9242c0d0d0');
INSERT INTO public.case_events VALUES (5, 1, 1, 'taken', '{}', '2026-11-30 05:35:00.345487+00', '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a', '86f8cfe11b1aa951a20b901d6e6cbfd76e0bc9ff8b9d35fb0ff6eedb9e6daf31');
INSERT INTO public.cases VALUES (2, NULL, 'draft', NULL, NULL, NULL, '2026-11-30 05:34:56.540431+00', 'nobody', '', '', '', '[]', '', '', '[]', '', NULL, false, '', 0);
INSERT INTO public.cases VALUES (4, NULL, 'draft', NULL, NULL, NULL, '2026-11-30 05:34:59.077684+00', 'nobody', '', '', '', '[]', '', '', '[]', '', NULL, false, '', 0);
INSERT INTO public.cases VALUES (3, 'SAM-2026-0002', 'taken', 'null', '2026-11-30 05:34:59.747053+00', 1, '2026-11-30 05:34:58.56864+00', 'applicants', 'Karin', '', 'en', '["meeting"]', '', '', '[]', '', NULL, false, 'sam-2026-0002
', 4);
INSERT INTO public.cases VALUES (1, 'SAM-2026-0001', 'taken', '"Möllevångstorget"', '2026-11-30 05:34:56.302624+00', 1, '2026-11-30 05:34:53.0614+00', 'city', 'Karin', '', 'sv', '["application"]', 'yes', 'innerstaden', '["association", "property_owner"]', 'met', '2026-11-30 05:34:56.302624+00', false, 'sam-2026-0001
möllevångstorget
', 5);
INSERT INTO public.counters VALUES ('case-2026', 2);
INSERT INTO public.desk_drafts VALUES (2, 1, 3, 'assessment', '{}', '', 0, '2026-11-30 05:35:00.173604+00', '2026-11-30 05:35:00.173604+00');
INSERT INTO public.drafts VALUES (2, 2, 'application', '{"needs": {"at": "2026-11-30T05:34:58.021478Z", "by": 4, "ref": "66", "value": {"ids": ["residents"], "done": true, "words": "A survey with 120 answers."}, "locale": "ar"}, "scope": {"at": "2026-11-30T05:34:56.626268Z", "by": 4, "ref": "", "value": "yes", "locale": "ar"}, "value": {"at": "2026-11-30T05:34:57.685678Z", "by": 4, "ref": "", "value": "met", "locale": "ar"}, "actors": {"at": "2026-11-30T05:34:56.987705Z", "by": 4, "ref": "", "value": {"done": true, "open": "", "items": [{"id": "a1", "flag": true, "kind": "property_owner", "name": "Brf Torget"}, {"id": "a2", "flag": true, "kind": "association", "name": "Torgets vänner"}]}, "locale": "ar"}, "papers": {"at": "2026-11-30T05:34:58.177552Z", "by": 4, "ref": "", "value": null, "locale": "ar"}, "evidence": {"at": "2026-11-30T05:34:57.818481Z", "by": 4, "ref": "", "value": "met", "locale": "ar"}, "proposal": {"at": "2026-11-30T05:34:57.106485Z", "by": 4, "ref": "54", "value": "Trees, benches and light.", "locale": "ar"}, "decisions": {"at": "2026-11-30T05:34:58.381831Z", "by": 4, "ref": "70", "value": "Open meetings, everyone has one vote.", "locale": "ar"}, "democratic": {"at": "2026-11-30T05:34:58.281426Z", "by": 4, "ref": "", "value": "met", "locale": "ar"}, "added_value": {"at": "2026-11-30T05:34:57.768358Z", "by": 4, "ref": "63", "value": "A square for everyone.", "locale": "ar"}, "contributes": {"at": "2026-11-30T05:34:57.592378Z", "by": 4, "ref": "60", "value": {"ids": ["money"], "done": true, "words": "20 000 kr a year"}, "locale": "ar"}, "cooperation": {"at": "2026-11-30T05:34:57.315071Z", "by": 4, "ref": "57", "value": "We have met every month since 2024.", "locale": "ar"}, "established": {"at": "2026-11-30T05:34:57.231056Z", "by": 4, "ref": "", "value": "met", "locale": "ar"}, "mixed_group": {"at": "2026-11-30T05:34:56.690668Z", "by": 4, "ref": "", "value": "met", "locale": "ar"}, "contribution": {"at": "2026-11-30T05:34:57.402034Z", "by": 4, "ref": "", "value": "met", "locale": "ar"}}', '', 20, false, '2026-11-30 05:34:56.540431+00', '2026-11-30 05:34:58.381831+00', NULL, NULL);
INSERT INTO public.drafts VALUES (5, 4, 'application', '{"area": {"at": "2026-11-30T05:34:59.530073Z", "by": 6, "ref": "", "value": {"pin": null, "done": true, "words": "Torget", "bounds": []}, "locale": "sv"}, "scope": {"at": "2026-11-30T05:34:59.146323Z", "by": 6, "ref": "", "value": "partly", "locale": "sv"}, "value": {"at": "2026-11-30T05:34:59.400739Z", "by": 6, "ref": "", "value": "not_yet", "locale": "sv"}, "actors": {"at": "2026-11-30T05:34:59.538212Z", "by": 6, "ref": "", "value": {"done": false, "open": "", "items": [{"id": "a1", "flag": true, "kind": "", "name": "Ettan"}]}, "locale": "sv"}, "evidence": {"at": "2026-11-30T05:34:59.477563Z", "by": 6, "ref": "", "value": "not_yet", "locale": "sv"}, "standing": {"at": "2026-11-30T05:34:59.517432Z", "by": 6, "ref": "", "value": true, "locale": "sv"}, "democratic": {"at": "2026-11-30T05:34:59.499320Z", "by": 6, "ref": "", "value": "not_yet", "locale": "sv"}, "established": {"at": "2026-11-30T05:34:59.273415Z", "by": 6, "ref": "", "value": "not_yet", "locale": "sv"}, "mixed_group": {"at": "2026-11-30T05:34:59.197462Z", "by": 6, "ref": "", "value": "not_yet", "locale": "sv"}, "contribution": {"at": "2026-11-30T05:34:59.353485Z", "by": 6, "ref": "", "value": "not_yet", "locale": "sv"}}', '', 10, false, '2026-11-30 05:34:59.077684+00', '2026-11-30 05:34:59.538212+00', NULL, NULL);
INSERT INTO public.drafts VALUES (3, 3, 'application', '{}', '', 0, false, '2026-11-30 05:34:58.56864+00', '2026-11-30 05:34:58.56864+00', NULL, NULL);
INSERT INTO public.drafts VALUES (1, 1, 'application', '{}', '', 28, true, '2026-11-30 05:34:53.0614+00', '2026-11-30 05:34:56.302624+00', NULL, NULL);
INSERT INTO public.drafts VALUES (4, 3, 'meeting', '{}', '', 2, true, '2026-11-30 05:34:58.657622+00', '2026-11-30 05:34:58.874508+00', NULL, NULL);
INSERT INTO public.files VALUES (1, 1, 1, '5130cbf45bcd1056eeee901e477ee1dc11fff8dc3329e07617e285710fc1fda1', 'enkat.pdf', 'application/pdf', 77, '2026-11-30 05:34:55.550224+00');
INSERT INTO public.following VALUES (3, 1, false, 4);
INSERT INTO public.invitations VALUES ('e16b38477a290b3af874219ba7416162de7dfe845606df34c553b2544f379840', 1, '2026-12-01 05:34:52.542285+00', NULL);
INSERT INTO public.invitations VALUES ('ecd7adea6bbffed3a6262436cfde5b4b18b1f6aca05a7b4d3845f39bc58f5107', 1, '2026-12-01 05:34:52.543864+00', '2026-11-30 05:34:52.55859+00');
INSERT INTO public.invitations VALUES ('08b35f2a788c480de94efb38276accbefe5614125098555cfc515a2bdcce359e', 1, '2026-12-01 05:34:52.837885+00', NULL);
INSERT INTO public.invitations VALUES ('897ac5e39c316ff85e6dac6d0a576848dbcd57d958cacea1dbeeaef5c4d11a61', 1, '2026-12-01 05:34:52.837428+00', '2026-11-30 05:34:52.8415+00');
INSERT INTO public.invitations VALUES ('e283e5f1806447647592c81bae3d977ccd19d82dd43f8bf2c675ce11c5d8eee3', 2, '2026-12-01 05:34:52.847788+00', NULL);
INSERT INTO public.invitations VALUES ('5d9aa2b128ab43e8ffffb5b282e18ece1f736ee949faeefc9f17bf234119315e', 2, '2026-12-01 05:34:52.848142+00', NULL);
INSERT INTO public.openings VALUES (1, 3, 1, 'case', '2026-11-30 05:34:59.932713+00');
INSERT INTO public.outbox VALUES (37, 'mail', 'sara@malmo.se', NULL, 1, NULL, '{"at": {"at": "2026-11-30T05:34:56.302624Z", "form": "datetime"}, "rows": [[{"act": "receipt:1", "key": "", "label": {"id": "Save as PDF", "locale": "", "plural": "", "values": {}}, "weight": "plain"}], [{"act": "status", "key": "", "label": {"id": "What I have sent", "locale": "", "plural": "", "values": {}}, "weight": "plain"}], [{"act": "home", "key": "", "label": {"id": "To the start", "locale": "", "plural": "", "values": {}}, "weight": "quiet"}]], "type": "receipt", "title": {"id": "Your application has arrived", "locale": "", "plural": "", "values": {}}, "words": [{"id": "What happens next: a contact person reads it, gets in touch with you and suggests a first meeting.", "locale": "", "plural": "", "values": {}}, {"id": "The contact person assesses the application. The Technical Committee decides.", "locale": "", "plural": "", "values": {}}, {"id": "You reach us at {mailbox}. Please name the reference number {reference}.", "locale": "", "plural": "", "values": {"mailbox": "mailbox@example.se", "reference": "SAM-2026-0001"}}], "reference": "SAM-2026-0001"}', false, 'sv', '', 'due', 0, '2026-11-30 05:34:56.302624+00', NULL, '', '2026-11-30 05:34:56.302624+00');
INSERT INTO public.outbox VALUES (36, 'mail', 'mailbox@example.se', NULL, 1, NULL, '{"rows": [], "tone": "plain", "type": "tell", "draft": 0, "title": {"id": "A new application has arrived", "locale": "", "plural": "", "values": {}}, "words": [{"id": "{reference}: {title}", "locale": "", "plural": "", "values": {"title": "Möllevångstorget", "reference": "SAM-2026-0001"}}, {"id": "Open it in the queue: {link}", "locale": "", "plural": "", "values": {"link": "https://example.se/queue/SAM-2026-0001"}}], "lasting": true, "version": 0}', true, 'sv', '', 'due', 0, '2026-11-30 05:34:56.444852+00', NULL, '', '2026-11-30 05:34:56.444852+00');
INSERT INTO public.outbox VALUES (72, 'mail', 'mailbox@example.se', NULL, 3, NULL, '{"rows": [], "tone": "plain", "type": "tell", "draft": 0, "title": {"id": "Someone wishes for a first meeting", "locale": "", "plural": "", "values": {}}, "words": [{"id": "{reference}: {title}", "locale": "", "plural": "", "values": {"title": {"id": "no area named yet", "locale": "", "plural": "", "values": {}}, "reference": "SAM-2026-0002"}}, {"id": "Open it in the queue: {link}", "locale": "", "plural": "", "values": {"link": "https://example.se/queue/SAM-2026-0002"}}], "lasting": true, "version": 0}', true, 'sv', '', 'due', 0, '2026-11-30 05:34:58.935965+00', NULL, '', '2026-11-30 05:34:58.935965+00');
INSERT INTO public.outbox VALUES (73, 'mail', 'kim@example.se', NULL, 3, NULL, '{"at": {"at": "2026-11-30T05:34:58.874508Z", "form": "datetime"}, "rows": [[{"act": "receipt:3", "key": "", "label": {"id": "Save as PDF", "locale": "", "plural": "", "values": {}}, "weight": "plain"}], [{"act": "status", "key": "", "label": {"id": "What I have sent", "locale": "", "plural": "", "values": {}}, "weight": "plain"}], [{"act": "home", "key": "", "label": {"id": "To the start", "locale": "", "plural": "", "values": {}}, "weight": "quiet"}]], "type": "receipt", "title": {"id": "Your wish for a first meeting has arrived", "locale": "", "plural": "", "values": {}}, "words": [{"id": "What happens next: the contact person gets in touch with you and suggests a time.", "locale": "", "plural": "", "values": {}}, {"id": "You reach us at {mailbox}. Please name the reference number {reference}.", "locale": "", "plural": "", "values": {"mailbox": "mailbox@example.se", "reference": "SAM-2026-0002"}}], "reference": "SAM-2026-0002"}', false, 'en', '', 'due', 0, '2026-11-30 05:34:58.874508+00', NULL, '', '2026-11-30 05:34:58.874508+00');
INSERT INTO public.outbox VALUES (74, 'web', 'kim', 5, NULL, NULL, '{"at": {"at": "2026-11-30T05:34:58.874508Z", "form": "datetime"}, "rows": [[{"act": "receipt:3", "key": "", "label": {"id": "Save as PDF", "locale": "", "plural": "", "values": {}}, "weight": "plain"}], [{"act": "status", "key": "", "label": {"id": "What I have sent", "locale": "", "plural": "", "values": {}}, "weight": "plain"}], [{"act": "home", "key": "", "label": {"id": "To the start", "locale": "", "plural": "", "values": {}}, "weight": "quiet"}]], "type": "receipt", "title": {"id": "Your wish for a first meeting has arrived", "locale": "", "plural": "", "values": {}}, "words": [{"id": "What happens next: the contact person gets in touch with you and suggests a time.", "locale": "", "plural": "", "values": {}}, {"id": "You reach us at {mailbox}. Please name the reference number {reference}.", "locale": "", "plural": "", "values": {"mailbox": "mailbox@example.se", "reference": "SAM-2026-0002"}}], "reference": "SAM-2026-0002"}', false, 'en', '', 'read', 0, '2026-11-30 05:34:58.874508+00', NULL, '', '2026-11-30 05:34:58.874508+00');
INSERT INTO public.outbox VALUES (94, 'web', 'lo', 6, NULL, 5, '{"ask": [{"id": "What is {name}?", "locale": "", "plural": "", "values": {"name": "Ettan"}}], "key": "actors", "hint": null, "rows": [[{"act": "kind:a1:property_owner", "key": "actors", "label": {"id": "Property owner", "locale": "", "plural": "", "values": {}}, "weight": "plain"}, {"act": "kind:a1:association", "key": "actors", "label": {"id": "Association", "locale": "", "plural": "", "values": {}}, "weight": "plain"}], [{"act": "kind:a1:company", "key": "actors", "label": {"id": "Company", "locale": "", "plural": "", "values": {}}, "weight": "plain"}, {"act": "kind:a1:residents", "key": "actors", "label": {"id": "Residents’ group", "locale": "", "plural": "", "values": {}}, "weight": "plain"}], [{"act": "kind:a1:network", "key": "actors", "label": {"id": "Network, not yet organised", "locale": "", "plural": "", "values": {}}, "weight": "plain"}, {"act": "kind:a1:other", "key": "actors", "label": {"id": "Something else", "locale": "", "plural": "", "values": {}}, "weight": "plain"}]], "type": "ask", "ways": [{"act": "back", "key": "actors", "label": {"id": "Back", "locale": "", "plural": "", "values": {}}, "weight": "quiet"}], "draft": 5, "error": null, "label": {"id": "Actors", "locale": "", "plural": "", "values": {}}, "noted": null, "place": [10, 19], "fields": [{"form": "line", "hint": null, "last": "", "most": 120, "name": "a1.name", "first": "", "group": "Ettan", "label": {"id": "Name", "locale": "", "plural": "", "values": {}}, "value": ["Ettan"], "choices": [], "autocomplete": ""}, {"form": "choice", "hint": null, "last": "", "most": 0, "name": "a1.kind", "first": "", "group": "Ettan", "label": {"id": "Kind of actor", "locale": "", "plural": "", "values": {}}, "value": [""], "choices": [{"id": "property_owner", "label": {"id": "Property owner", "locale": "", "plural": "", "values": {}}}, {"id": "association", "label": {"id": "Association", "locale": "", "plural": "", "values": {}}}, {"id": "company", "label": {"id": "Company", "locale": "", "plural": "", "values": {}}}, {"id": "residents", "label": {"id": "Residents’ group", "locale": "", "plural": "", "values": {}}}, {"id": "network", "label": {"id": "Network, not yet organised", "locale": "", "plural": "", "values": {}}}, {"id": "other", "label": {"id": "Something else", "locale": "", "plural": "", "values": {}}}], "autocomplete": ""}, {"form": "choices", "hint": null, "last": "", "most": 0, "name": "a1.flag", "first": "", "group": "Ettan", "label": "", "value": ["yes"], "choices": [{"id": "yes", "label": {"id": "wants to take part", "locale": "", "plural": "", "values": {}}}], "autocomplete": ""}, {"form": "choices", "hint": null, "last": "", "most": 0, "name": "a1.remove", "first": "", "group": "Ettan", "label": "", "value": [], "choices": [{"id": "yes", "label": {"id": "Remove", "locale": "", "plural": "", "values": {}}}], "autocomplete": ""}, {"form": "lines", "hint": null, "last": "", "most": 1200, "name": "new.name", "first": "", "group": "", "label": {"id": "Names, one a line", "locale": "", "plural": "", "values": {}}, "value": [], "choices": [], "autocomplete": ""}, {"form": "choice", "hint": null, "last": "", "most": 0, "name": "new.kind", "first": "", "group": "", "label": {"id": "Kind of actor", "locale": "", "plural": "", "values": {}}, "value": [], "choices": [{"id": "property_owner", "label": {"id": "Property owner", "locale": "", "plural": "", "values": {}}}, {"id": "association", "label": {"id": "Association", "locale": "", "plural": "", "values": {}}}, {"id": "company", "label": {"id": "Company", "locale": "", "plural": "", "values": {}}}, {"id": "residents", "label": {"id": "Residents’ group", "locale": "", "plural": "", "values": {}}}, {"id": "network", "label": {"id": "Network, not yet organised", "locale": "", "plural": "", "values": {}}}, {"id": "other", "label": {"id": "Something else", "locale": "", "plural": "", "values": {}}}], "autocomplete": ""}], "so_far": [{"id": "{name} · {kind} · {flag}", "locale": "", "plural": "", "values": {"flag": {"id": "wants to take part", "locale": "", "plural": "", "values": {}}, "kind": {"id": "what kind?", "locale": "", "plural": "", "values": {}}, "name": "Ettan"}}], "section": {"id": "The application", "locale": "", "plural": "", "values": {}}, "version": 10, "wording": null}', false, 'sv', '', 'read', 0, '2026-11-30 05:34:59.538212+00', NULL, '', '2026-11-30 05:34:59.538212+00');
INSERT INTO public.outbox VALUES (104, 'applicants', '501', 3, 1, NULL, '{"rows": [[{"act": "status", "key": "", "label": {"id": "What I have sent", "locale": "", "plural": "", "values": {}}, "weight": "plain"}]], "tone": "plain", "type": "tell", "draft": 0, "title": {"id": "A contact person has taken your case", "locale": "", "plural": "", "values": {}}, "words": [{"id": "{name} has taken your case {reference} and will get in touch with you.", "locale": "", "plural": "", "values": {"name": "Karin", "reference": "SAM-2026-0001"}}], "lasting": true, "version": 0}', true, 'sv', '', 'due', 0, '2026-11-30 05:35:00.373321+00', NULL, '', '2026-11-30 05:35:00.373321+00');
INSERT INTO public.outbox VALUES (97, 'web', 'kim', 5, 3, NULL, '{"rows": [[{"act": "write:3", "key": "", "label": {"id": "Write an answer", "locale": "", "plural": "", "values": {}}, "weight": "plain"}], [{"act": "status", "key": "", "label": {"id": "What I have sent", "locale": "", "plural": "", "values": {}}, "weight": "plain"}]], "tone": "plain", "type": "tell", "draft": 0, "title": {"id": "A message from your contact person", "locale": "", "plural": "", "values": {}}, "words": [{"id": "{name} writes about {reference}:", "locale": "", "plural": "", "values": {"name": "Karin", "reference": "SAM-2026-0002"}}, "Välkommen till ett möte."], "lasting": true, "version": 0}', true, 'en', '', 'kept', 0, '2026-11-30 05:34:59.803156+00', NULL, '', '2026-11-30 05:34:59.803156+00');
INSERT INTO public.outbox VALUES (98, 'mail', 'kim@example.se', NULL, 3, NULL, '{"rows": [[{"act": "write:3", "key": "", "label": {"id": "Write an answer", "locale": "", "plural": "", "values": {}}, "weight": "plain"}], [{"act": "status", "key": "", "label": {"id": "What I have sent", "locale": "", "plural": "", "values": {}}, "weight": "plain"}]], "tone": "plain", "type": "tell", "draft": 0, "title": {"id": "A message from your contact person", "locale": "", "plural": "", "values": {}}, "words": [{"id": "{name} writes about {reference}:", "locale": "", "plural": "", "values": {"name": "Karin", "reference": "SAM-2026-0002"}}, "Välkommen till ett möte.", {"id": "To answer, open the chat: {link}", "locale": "", "plural": "", "values": {"link": "https://example.se"}}, {"id": "You can also answer this letter. It goes to {mailbox}.", "locale": "", "plural": "", "values": {"mailbox": "mailbox@example.se"}}], "lasting": true, "version": 0}', true, 'en', '', 'due', 0, '2026-11-30 05:34:59.80472+00', NULL, '', '2026-11-30 05:34:59.80472+00');
INSERT INTO public.outbox VALUES (95, 'web', 'kim', 5, 3, NULL, '{"rows": [[{"act": "status", "key": "", "label": {"id": "What I have sent", "locale": "", "plural": "", "values": {}}, "weight": "plain"}]], "tone": "plain", "type": "tell", "draft": 0, "title": {"id": "A contact person has taken your case", "locale": "", "plural": "", "values": {}}, "words": [{"id": "{name} has taken your case {reference} and will get in touch with you.", "locale": "", "plural": "", "values": {"name": "Karin", "reference": "SAM-2026-0002"}}], "lasting": true, "version": 0}', true, 'en', '', 'kept', 0, '2026-11-30 05:34:59.733464+00', NULL, '', '2026-11-30 05:34:59.733464+00');
INSERT INTO public.outbox VALUES (96, 'mail', 'kim@example.se', NULL, 3, NULL, '{"rows": [[{"act": "status", "key": "", "label": {"id": "What I have sent", "locale": "", "plural": "", "values": {}}, "weight": "plain"}]], "tone": "plain", "type": "tell", "draft": 0, "title": {"id": "A contact person has taken your case", "locale": "", "plural": "", "values": {}}, "words": [{"id": "{name} has taken your case {reference} and will get in touch with you.", "locale": "", "plural": "", "values": {"name": "Karin", "reference": "SAM-2026-0002"}}, {"id": "To answer, open the chat: {link}", "locale": "", "plural": "", "values": {"link": "https://example.se"}}, {"id": "You can also answer this letter. It goes to {mailbox}.", "locale": "", "plural": "", "values": {"mailbox": "mailbox@example.se"}}], "lasting": true, "version": 0}', true, 'en', '', 'due', 0, '2026-11-30 05:34:59.745632+00', NULL, '', '2026-11-30 05:34:59.745632+00');
INSERT INTO public.participants VALUES (1, 3, 'writer');
INSERT INTO public.participants VALUES (2, 4, 'writer');
INSERT INTO public.participants VALUES (3, 5, 'writer');
INSERT INTO public.participants VALUES (4, 6, 'writer');
INSERT INTO public.people VALUES (2, 'sv', '', NULL, 0, true, '2026-11-30 05:34:52.846131+00');
INSERT INTO public.people VALUES (3, 'sv', '2026-11', '2026-11-30 05:34:53.0614+00', 0, true, '2026-11-30 05:34:52.937545+00');
INSERT INTO public.people VALUES (4, 'ar', '2026-11', '2026-11-30 05:34:56.540431+00', 2, true, '2026-11-30 05:34:56.500919+00');
INSERT INTO public.people VALUES (5, 'en', '2026-11', '2026-11-30 05:34:58.56864+00', 3, true, '2026-11-30 05:34:58.488141+00');
INSERT INTO public.people VALUES (6, 'sv', '2026-11', '2026-11-30 05:34:59.077684+00', 5, true, '2026-11-30 05:34:59.010665+00');
INSERT INTO public.people VALUES (1, 'en', '', NULL, 2, true, '2026-11-30 05:34:52.52552+00');
INSERT INTO public.seals VALUES (0, 0, 2, '', 'db9a7d9a2d8a1c32e8910c9645007d05c816be4b1c170320d1a26b84e8c64a27');
INSERT INTO public.seals VALUES (3, 2, 3, '4854f2be60c6b85369af3c2c949fefea76c40e549f2046cad41cfe9242c0d0d0', '897df619e6649df42dd08581982bd778765e7a504787fffb3490d99ccb238bc3');
INSERT INTO public.seals VALUES (1, 1, 2, '86f8cfe11b1aa951a20b901d6e6cbfd76e0bc9ff8b9d35fb0ff6eedb9e6daf31', 'edf5948cb187d3c6e97f93b11c5febb5445713e7f4d0f9d035d3c8805024378c');
INSERT INTO public.seen_updates VALUES ('contact_persons', 700000001, '2026-11-30 05:34:52.55859+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000001, '2026-11-30 05:34:52.937545+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000003, '2026-11-30 05:34:53.0614+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000005, '2026-11-30 05:34:53.176317+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000007, '2026-11-30 05:34:53.245661+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000008, '2026-11-30 05:34:53.353697+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000010, '2026-11-30 05:34:53.433605+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000012, '2026-11-30 05:34:54.258269+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000014, '2026-11-30 05:34:54.358047+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000015, '2026-11-30 05:34:54.516057+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000017, '2026-11-30 05:34:54.64597+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000018, '2026-11-30 05:34:54.753733+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000020, '2026-11-30 05:34:54.84265+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000022, '2026-11-30 05:34:54.944363+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000023, '2026-11-30 05:34:55.080435+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000025, '2026-11-30 05:34:55.206715+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000026, '2026-11-30 05:34:55.310819+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000028, '2026-11-30 05:34:55.375197+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000030, '2026-11-30 05:34:55.424521+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000031, '2026-11-30 05:34:55.480082+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000032, '2026-11-30 05:34:55.550224+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000034, '2026-11-30 05:34:55.630209+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000036, '2026-11-30 05:34:55.693427+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000037, '2026-11-30 05:34:55.757482+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000038, '2026-11-30 05:34:55.827168+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000039, '2026-11-30 05:34:55.887706+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000040, '2026-11-30 05:34:55.950682+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000042, '2026-11-30 05:34:55.998471+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000044, '2026-11-30 05:34:56.055954+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000045, '2026-11-30 05:34:56.113235+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000047, '2026-11-30 05:34:56.181416+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000049, '2026-11-30 05:34:56.238647+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000051, '2026-11-30 05:34:56.302624+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000052, '2026-11-30 05:34:56.500919+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000054, '2026-11-30 05:34:56.540431+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000056, '2026-11-30 05:34:56.626268+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000058, '2026-11-30 05:34:56.690668+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000059, '2026-11-30 05:34:56.777701+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000061, '2026-11-30 05:34:56.849431+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000063, '2026-11-30 05:34:56.925647+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000065, '2026-11-30 05:34:56.987705+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000066, '2026-11-30 05:34:57.106485+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000068, '2026-11-30 05:34:57.231056+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000069, '2026-11-30 05:34:57.315071+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000071, '2026-11-30 05:34:57.402034+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000073, '2026-11-30 05:34:57.498288+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000074, '2026-11-30 05:34:57.592378+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000076, '2026-11-30 05:34:57.685678+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000077, '2026-11-30 05:34:57.768358+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000079, '2026-11-30 05:34:57.818481+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000081, '2026-11-30 05:34:57.926473+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000082, '2026-11-30 05:34:58.021478+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000084, '2026-11-30 05:34:58.177552+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000086, '2026-11-30 05:34:58.281426+00');
INSERT INTO public.seen_updates VALUES ('applicants', 700000087, '2026-11-30 05:34:58.381831+00');
INSERT INTO public.seen_updates VALUES ('queue', 77, '2026-11-30 05:34:59.747053+00');
INSERT INTO public.seen_updates VALUES ('contact_persons', 700000002, '2026-11-30 05:34:59.821506+00');
INSERT INTO public.seen_updates VALUES ('contact_persons', 700000004, '2026-11-30 05:34:59.932713+00');
INSERT INTO public.seen_updates VALUES ('contact_persons', 700000006, '2026-11-30 05:35:00.173604+00');
INSERT INTO public.staff VALUES (1, 'Karin', true, false, '', '', '', NULL);
INSERT INTO public.staff VALUES (2, 'Alva', true, true, '', '', '', NULL);
INSERT INTO public.submissions VALUES (1, 1, 1, 'application', '{"facts": {"mixed": true, "scope": "yes", "actors": ["association", "property_owner"], "criteria": {"value": "met", "evidence": "met", "democratic": "met", "established": "met", "mixed_group": "met", "contribution": "met"}}, "title": "Möllevångstorget", "dialog": "application", "entries": [{"at": {"at": "2026-11-30T05:34:53.176317Z", "form": "datetime"}, "by": 3, "ask": {"id": "Is your idea about streets, squares, parks or other public land?", "locale": "", "plural": "", "values": {}}, "key": "scope", "label": {"id": "The Technical Committee’s responsibility", "locale": "", "plural": "", "values": {}}, "shown": [{"id": "Yes", "locale": "", "plural": "", "values": {}}], "value": "yes", "locale": "sv", "section": {"id": "First", "locale": "", "plural": "", "values": {}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:53.245661Z", "form": "datetime"}, "by": 3, "ask": {"id": "How is it with you: do you meet this?", "locale": "", "plural": "", "values": {}}, "key": "mixed_group", "label": {"id": "A mixed group with a proposal", "locale": "", "plural": "", "values": {}}, "shown": [{"id": "Met", "locale": "", "plural": "", "values": {}}], "value": "met", "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 1}}, "wording": {"id": "A mixed group of actors has a proposal for how they can develop an area together with the City of Malmö through the Technical Committee.", "locale": "", "plural": "", "values": {}}}, {"at": {"at": "2026-11-30T05:34:54.358047Z", "form": "datetime"}, "by": 3, "ask": {"id": "Which actors are in the group? Write their names, one a line.", "locale": "", "plural": "", "values": {}}, "key": "actors", "label": {"id": "Actors", "locale": "", "plural": "", "values": {}}, "shown": [{"id": "{name} · {kind} · {flag}", "locale": "", "plural": "", "values": {"flag": {"id": "wants to take part", "locale": "", "plural": "", "values": {}}, "kind": {"id": "Property owner", "locale": "", "plural": "", "values": {}}, "name": "Brf Torget"}}, {"id": "{name} · {kind} · {flag}", "locale": "", "plural": "", "values": {"flag": {"id": "wants to take part", "locale": "", "plural": "", "values": {}}, "kind": {"id": "Association", "locale": "", "plural": "", "values": {}}, "name": "Torgets vänner"}}], "value": {"done": true, "open": "", "items": [{"id": "a1", "flag": true, "kind": "property_owner", "name": "Brf Torget"}, {"id": "a2", "flag": true, "kind": "association", "name": "Torgets vänner"}]}, "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 1}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:54.516057Z", "form": "datetime"}, "by": 3, "ask": {"id": "What do you want to do in the area? A few sentences are enough.", "locale": "", "plural": "", "values": {}}, "key": "proposal", "label": {"id": "The proposal", "locale": "", "plural": "", "values": {}}, "shown": ["Trees, benches and light."], "value": "Trees, benches and light.", "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 1}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:54.645970Z", "form": "datetime"}, "by": 3, "ask": {"id": "How is it with you: do you meet this?", "locale": "", "plural": "", "values": {}}, "key": "established", "label": {"id": "Established cooperation", "locale": "", "plural": "", "values": {}}, "shown": [{"id": "Met", "locale": "", "plural": "", "values": {}}], "value": "met", "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 2}}, "wording": {"id": "There is established cooperation between different actors with a capital of trust and those who live or work in the area.", "locale": "", "plural": "", "values": {}}}, {"at": {"at": "2026-11-30T05:34:54.753733Z", "form": "datetime"}, "by": 3, "ask": {"id": "Who already works together, on what, and since when? How are those who live or work there part of it?", "locale": "", "plural": "", "values": {}}, "key": "cooperation", "label": {"id": "Cooperation so far", "locale": "", "plural": "", "values": {}}, "shown": ["We have met every month since 2024."], "value": "We have met every month since 2024.", "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 2}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:54.842650Z", "form": "datetime"}, "by": 3, "ask": {"id": "How is it with you: do you meet this?", "locale": "", "plural": "", "values": {}}, "key": "contribution", "label": {"id": "Own contribution", "locale": "", "plural": "", "values": {}}, "shown": [{"id": "Met", "locale": "", "plural": "", "values": {}}], "value": "met", "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 3}}, "wording": {"id": "The actors are able to set aside money, resources or take responsibility for activities.", "locale": "", "plural": "", "values": {}}}, {"at": {"at": "2026-11-30T05:34:55.080435Z", "form": "datetime"}, "by": 3, "ask": {"id": "What can you contribute? Choose first, then write.", "locale": "", "plural": "", "values": {}}, "key": "contributes", "label": {"id": "Your contribution", "locale": "", "plural": "", "values": {}}, "shown": [{"id": "Money", "locale": "", "plural": "", "values": {}}, "20 000 kr a year"], "value": {"ids": ["money"], "done": true, "words": "20 000 kr a year"}, "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 3}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:55.206715Z", "form": "datetime"}, "by": 3, "ask": {"id": "How is it with you: do you meet this?", "locale": "", "plural": "", "values": {}}, "key": "value", "label": {"id": "More together than alone", "locale": "", "plural": "", "values": {}}, "shown": [{"id": "Met", "locale": "", "plural": "", "values": {}}], "value": "met", "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 4}}, "wording": {"id": "The collaboration proposal contributes to added value that the individual actors cannot achieve on their own.", "locale": "", "plural": "", "values": {}}}, {"at": {"at": "2026-11-30T05:34:55.310819Z", "form": "datetime"}, "by": 3, "ask": {"id": "What can you achieve together that none of you could achieve alone?", "locale": "", "plural": "", "values": {}}, "key": "added_value", "label": {"id": "Added value", "locale": "", "plural": "", "values": {}}, "shown": ["A square for everyone."], "value": "A square for everyone.", "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 4}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:55.375197Z", "form": "datetime"}, "by": 3, "ask": {"id": "How is it with you: do you meet this?", "locale": "", "plural": "", "values": {}}, "key": "evidence", "label": {"id": "Evidence of need", "locale": "", "plural": "", "values": {}}, "shown": [{"id": "Met", "locale": "", "plural": "", "values": {}}], "value": "met", "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 5}}, "wording": {"id": "There must be material from residents, people who work there or visitors (depending on the purpose of the process) that shows which and whose needs were the starting point when the proposal was drawn up.", "locale": "", "plural": "", "values": {}}}, {"at": {"at": "2026-11-30T05:34:55.480082Z", "form": "datetime"}, "by": 3, "ask": {"id": "Whose needs does the proposal build on? Choose first, then write how you know.", "locale": "", "plural": "", "values": {}}, "key": "needs", "label": {"id": "Whose needs, and how you know", "locale": "", "plural": "", "values": {}}, "shown": [{"id": "Residents", "locale": "", "plural": "", "values": {}}, "A survey with 120 answers."], "value": {"ids": ["residents"], "done": true, "words": "A survey with 120 answers."}, "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 5}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:55.630209Z", "form": "datetime"}, "by": 3, "ask": {"id": "Do you have something that shows it? Send documents, photos or voice notes, ten at most.", "locale": "", "plural": "", "values": {}}, "key": "papers", "label": {"id": "Documents", "locale": "", "plural": "", "values": {}}, "shown": ["enkat.pdf"], "value": {"done": true, "files": [{"mime": "application/pdf", "name": "enkat.pdf", "size": 77, "sha256": "5130cbf45bcd1056eeee901e477ee1dc11fff8dc3329e07617e285710fc1fda1"}]}, "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 5}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:55.693427Z", "form": "datetime"}, "by": 3, "ask": {"id": "How is it with you: do you meet this?", "locale": "", "plural": "", "values": {}}, "key": "democratic", "label": {"id": "Democratic principles", "locale": "", "plural": "", "values": {}}, "shown": [{"id": "Met", "locale": "", "plural": "", "values": {}}], "value": "met", "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 6}}, "wording": {"id": "The process and the proposal must be based on democratic principles.", "locale": "", "plural": "", "values": {}}}, {"at": {"at": "2026-11-30T05:34:55.757482Z", "form": "datetime"}, "by": 3, "ask": {"id": "How do you take decisions, and who can take part?", "locale": "", "plural": "", "values": {}}, "key": "decisions", "label": {"id": "How you decide", "locale": "", "plural": "", "values": {}}, "shown": ["Open meetings, everyone has one vote."], "value": "Open meetings, everyone has one vote.", "locale": "sv", "section": {"id": "Criterion {number} of {of}", "locale": "", "plural": "", "values": {"of": 6, "number": 6}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:55.827168Z", "form": "datetime"}, "by": 3, "ask": {"id": "Which area is it about, and where does it end?", "locale": "", "plural": "", "values": {}}, "key": "area", "label": {"id": "The area", "locale": "", "plural": "", "values": {}}, "shown": ["Möllevångstorget", "Bergsgatan", "Simrishamnsgatan"], "value": {"pin": null, "done": true, "words": "Möllevångstorget", "bounds": ["Bergsgatan", "Simrishamnsgatan"]}, "locale": "sv", "section": {"id": "The application", "locale": "", "plural": "", "values": {}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:55.887706Z", "form": "datetime"}, "by": 3, "ask": {"id": "What challenges does the area have today, as you see it?", "locale": "", "plural": "", "values": {}}, "key": "challenges", "label": {"id": "Challenges", "locale": "", "plural": "", "values": {}}, "shown": ["Dark in the evening."], "value": "Dark in the evening.", "locale": "sv", "section": {"id": "The application", "locale": "", "plural": "", "values": {}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:55.950682Z", "form": "datetime"}, "by": 3, "ask": {"id": "And what opportunities does it have?", "locale": "", "plural": "", "values": {}}, "key": "opportunities", "label": {"id": "Opportunities", "locale": "", "plural": "", "values": {}}, "shown": ["Many shops and people."], "value": "Many shops and people.", "locale": "sv", "section": {"id": "The application", "locale": "", "plural": "", "values": {}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:56.113235Z", "form": "datetime"}, "by": 3, "ask": {"id": "Whom should the city answer? Write a name, and an e-mail address or a phone number.", "locale": "", "plural": "", "values": {}}, "key": "contact", "label": {"id": "Contact", "locale": "", "plural": "", "values": {}}, "shown": ["Sara Ali", "sara@malmo.se"], "value": {"name": "Sara Ali", "email": "sara@malmo.se", "phone": ""}, "locale": "sv", "section": {"id": "Whom to answer", "locale": "", "plural": "", "values": {}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:56.181416Z", "form": "datetime"}, "by": 3, "ask": {"id": "Which actor do you speak for?", "locale": "", "plural": "", "values": {}}, "key": "speaks_for", "label": {"id": "Speaks for", "locale": "", "plural": "", "values": {}}, "shown": ["Brf Torget"], "value": "a1", "locale": "sv", "section": {"id": "Whom to answer", "locale": "", "plural": "", "values": {}}, "wording": null}]}', 'null', 'sv', '2026-11', 3, '2026-11-30 05:34:56.302624+00');
INSERT INTO public.submissions VALUES (2, 3, 4, 'meeting', '{"facts": {}, "title": "", "dialog": "meeting", "entries": [{"at": {"at": "2026-11-30T05:34:58.705527Z", "form": "datetime"}, "by": 5, "ask": {"id": "What would you like to talk about? A sentence is enough, and so is the name of the place.", "locale": "", "plural": "", "values": {}}, "key": "about", "label": {"id": "What it is about", "locale": "", "plural": "", "values": {}}, "shown": ["A bench on our street."], "value": "A bench on our street.", "locale": "en", "section": {"id": "A first meeting", "locale": "", "plural": "", "values": {}}, "wording": null}, {"at": {"at": "2026-11-30T05:34:58.742514Z", "form": "datetime"}, "by": 5, "ask": {"id": "Whom should the city answer? Write a name, and an e-mail address or a phone number.", "locale": "", "plural": "", "values": {}}, "key": "contact", "label": {"id": "Contact", "locale": "", "plural": "", "values": {}}, "shown": ["Kim Berg", "kim@example.se"], "value": {"name": "Kim Berg", "email": "kim@example.se", "phone": ""}, "locale": "en", "section": {"id": "A first meeting", "locale": "", "plural": "", "values": {}}, "wording": null}]}', 'null', 'en', '2026-11', 5, '2026-11-30 05:34:58.874508+00');
SELECT pg_catalog.setval('public.addresses_id_seq', 7, true);
SELECT pg_catalog.setval('public.case_events_id_seq', 5, true);
SELECT pg_catalog.setval('public.cases_id_seq', 4, true);
SELECT pg_catalog.setval('public.desk_drafts_id_seq', 2, true);
SELECT pg_catalog.setval('public.drafts_id_seq', 5, true);
SELECT pg_catalog.setval('public.erasures_id_seq', 1, false);
SELECT pg_catalog.setval('public.files_id_seq', 1, true);
SELECT pg_catalog.setval('public.openings_id_seq', 1, true);
SELECT pg_catalog.setval('public.outbox_id_seq', 104, true);
SELECT pg_catalog.setval('public.people_id_seq', 6, true);
SELECT pg_catalog.setval('public.submissions_id_seq', 2, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.addresses
    ADD CONSTRAINT pk_addresses PRIMARY KEY (id);
ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT pk_case_events PRIMARY KEY (id);
ALTER TABLE ONLY public.case_invitations
    ADD CONSTRAINT pk_case_invitations PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT pk_cases PRIMARY KEY (id);
ALTER TABLE ONLY public.counters
    ADD CONSTRAINT pk_counters PRIMARY KEY (name);
ALTER TABLE ONLY public.deletions
    ADD CONSTRAINT pk_deletions PRIMARY KEY (day, what);
ALTER TABLE ONLY public.desk_drafts
    ADD CONSTRAINT pk_desk_drafts PRIMARY KEY (id);
ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT pk_drafts PRIMARY KEY (id);
ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT pk_erasures PRIMARY KEY (id);
ALTER TABLE ONLY public.files
    ADD CONSTRAINT pk_files PRIMARY KEY (id);
ALTER TABLE ONLY public.following
    ADD CONSTRAINT pk_following PRIMARY KEY (case_id, person_id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT pk_invitations PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.named
    ADD CONSTRAINT pk_named PRIMARY KEY (case_id, person_id);
ALTER TABLE ONLY public.openings
    ADD CONSTRAINT pk_openings PRIMARY KEY (id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY public.participants
    ADD CONSTRAINT pk_participants PRIMARY KEY (case_id, person_id);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT pk_people PRIMARY KEY (id);
ALTER TABLE ONLY public.seals
    ADD CONSTRAINT pk_seals PRIMARY KEY (case_id);
ALTER TABLE ONLY public.seen_updates
    ADD CONSTRAINT pk_seen_updates PRIMARY KEY (channel, update_id);
ALTER TABLE ONLY public.staff
    ADD CONSTRAINT pk_staff PRIMARY KEY (person_id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT pk_submissions PRIMARY KEY (id);
ALTER TABLE ONLY public.addresses
    ADD CONSTRAINT uq_addresses_channel UNIQUE (channel, address);
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT uq_cases_reference UNIQUE (reference);
ALTER TABLE ONLY public.files
    ADD CONSTRAINT uq_files_draft_id UNIQUE (draft_id, sha256);
ALTER TABLE ONLY public.staff
    ADD CONSTRAINT uq_staff_name UNIQUE (name);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT uq_submissions_draft_id UNIQUE (draft_id);
CREATE INDEX ix_addresses_person_id ON public.addresses USING btree (person_id);
CREATE INDEX ix_case_events_case_id ON public.case_events USING btree (case_id);
CREATE INDEX ix_case_invitations_case_id ON public.case_invitations USING btree (case_id);
CREATE INDEX ix_cases_queue ON public.cases USING btree ((
CASE
    WHEN ((state)::text = 'sent'::text) THEN 0
    WHEN ((waits_for)::text = 'city'::text) THEN 1
    WHEN ((waits_for)::text = 'nobody'::text) THEN 3
    ELSE 2
END), waiting_since, id, reference, state, waits_for, protected, district, taken_by, locale, scope, latest) WHERE (reference IS NOT NULL);
CREATE INDEX ix_cases_taken_by ON public.cases USING btree (taken_by);
CREATE INDEX ix_cases_waiting_since ON public.cases USING btree (waiting_since);
CREATE INDEX ix_desk_drafts_case_id ON public.desk_drafts USING btree (case_id);
CREATE INDEX ix_desk_drafts_person_id ON public.desk_drafts USING btree (person_id);
CREATE INDEX ix_drafts_case_id ON public.drafts USING btree (case_id);
CREATE INDEX ix_erasures_at ON public.erasures USING btree (at);
CREATE INDEX ix_files_case_id ON public.files USING btree (case_id);
CREATE INDEX ix_files_draft_id ON public.files USING btree (draft_id);
CREATE INDEX ix_files_sha256 ON public.files USING btree (sha256);
CREATE INDEX ix_following_person_id ON public.following USING btree (person_id);
CREATE INDEX ix_openings_case_id ON public.openings USING btree (case_id);
CREATE INDEX ix_outbox_case_id ON public.outbox USING btree (case_id);
CREATE INDEX ix_outbox_draft_id ON public.outbox USING btree (draft_id);
CREATE INDEX ix_outbox_next ON public.outbox USING btree (state, due_at);
CREATE INDEX ix_outbox_to ON public.outbox USING btree (channel, address, id);
CREATE INDEX ix_participants_person_id ON public.participants USING btree (person_id);
CREATE INDEX ix_submissions_case_id ON public.submissions USING btree (case_id);
ALTER TABLE ONLY public.addresses
    ADD CONSTRAINT fk_addresses_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT fk_case_events_case_id FOREIGN KEY (case_id) REFERENCES public.cases(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT fk_case_events_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.case_invitations
    ADD CONSTRAINT fk_case_invitations_case_id FOREIGN KEY (case_id) REFERENCES public.cases(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.case_invitations
    ADD CONSTRAINT fk_case_invitations_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT fk_cases_taken_by FOREIGN KEY (taken_by) REFERENCES public.people(id);
ALTER TABLE ONLY public.desk_drafts
    ADD CONSTRAINT fk_desk_drafts_case_id FOREIGN KEY (case_id) REFERENCES public.cases(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.desk_drafts
    ADD CONSTRAINT fk_desk_drafts_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT fk_drafts_case_id FOREIGN KEY (case_id) REFERENCES public.cases(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.files
    ADD CONSTRAINT fk_files_case_id FOREIGN KEY (case_id) REFERENCES public.cases(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.files
    ADD CONSTRAINT fk_files_draft_id FOREIGN KEY (draft_id) REFERENCES public.drafts(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.following
    ADD CONSTRAINT fk_following_case_id FOREIGN KEY (case_id) REFERENCES public.cases(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.following
    ADD CONSTRAINT fk_following_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT fk_invitations_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.named
    ADD CONSTRAINT fk_named_case_id FOREIGN KEY (case_id) REFERENCES public.cases(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.named
    ADD CONSTRAINT fk_named_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.openings
    ADD CONSTRAINT fk_openings_case_id FOREIGN KEY (case_id) REFERENCES public.cases(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.openings
    ADD CONSTRAINT fk_openings_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT fk_outbox_case_id FOREIGN KEY (case_id) REFERENCES public.cases(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT fk_outbox_draft_id FOREIGN KEY (draft_id) REFERENCES public.drafts(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT fk_outbox_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.participants
    ADD CONSTRAINT fk_participants_case_id FOREIGN KEY (case_id) REFERENCES public.cases(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.participants
    ADD CONSTRAINT fk_participants_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.staff
    ADD CONSTRAINT fk_staff_deputy_id FOREIGN KEY (deputy_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.staff
    ADD CONSTRAINT fk_staff_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT fk_submissions_case_id FOREIGN KEY (case_id) REFERENCES public.cases(id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT fk_submissions_draft_id FOREIGN KEY (draft_id) REFERENCES public.drafts(id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT fk_submissions_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
