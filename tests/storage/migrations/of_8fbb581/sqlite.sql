-- A database as version 8fbb581 of this program left it (sqlite3.Connection.iterdump), with everything in it made up.
-- Made with that version's own code and tests/telegram/stage.py, and SECRET of tests/house.py as its key: Karin has come in on
-- Telegram (901), by mail and in the queue; Alva has an invitation. Sara (501, sv) has sent an application with a file
-- (SAM-2026-0001), Kim wished on the web for a first meeting (SAM-2026-0002). Karin took that one, wrote to Kim, and has begun to
-- assess it. Omar (502, ar) stands at the question about the area, Lo on the web within theirs. Last of all Karin took Sara's
-- case, and the program ended before Sara was told.
BEGIN TRANSACTION;
CREATE TABLE addresses (
	id INTEGER NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	address VARCHAR(320) NOT NULL, 
	person_id INTEGER NOT NULL, 
	reachable BOOLEAN DEFAULT '1' NOT NULL, 
	used_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	CONSTRAINT pk_addresses PRIMARY KEY (id), 
	CONSTRAINT fk_addresses_person_id FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT uq_addresses_channel UNIQUE (channel, address)
);
INSERT INTO "addresses" VALUES(1,'contact_persons','901',1,1,'2026-11-30 05:34:48.607850',NULL);
INSERT INTO "addresses" VALUES(2,'mail','karin@example.se',1,1,'2026-11-30 05:34:45.086611',NULL);
INSERT INTO "addresses" VALUES(3,'queue','f99bffd41250d8247a5e356ee7848598f15611fc3e679c8a5bd51591d9fdbc8e',1,1,'2026-11-30 05:34:45.089852','2026-11-30 17:34:45.089853');
INSERT INTO "addresses" VALUES(4,'applicants','501',3,1,'2026-11-30 05:34:47.406485',NULL);
INSERT INTO "addresses" VALUES(5,'applicants','502',4,1,'2026-11-30 05:34:48.329914',NULL);
INSERT INTO "addresses" VALUES(6,'web','kim',5,1,'2026-11-30 05:34:48.387889',NULL);
INSERT INTO "addresses" VALUES(7,'web','lo',6,1,'2026-11-30 05:34:48.450998',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE case_events (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	person_id INTEGER, 
	what VARCHAR(24) NOT NULL, 
	data JSON NOT NULL, 
	at DATETIME NOT NULL, digest VARCHAR(64), chain VARCHAR(64), 
	CONSTRAINT pk_case_events PRIMARY KEY (id), 
	CONSTRAINT fk_case_events_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_case_events_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "case_events" VALUES(1,1,3,'application_sent','{"draft":1,"submission":1,"sha256":"43787be1a1d792bd3a66b1f7036acf17dbedd6f0f3d392466718b5d39645848b","reference":"SAM-2026-0001","locale":"sv","district":"innerstaden","title":"Möllevångstorget","scope":"yes","established":"met","actors":["association","property_owner"]}','2026-11-30 05:34:47.406485','b41bb24da27eee6de26cf276e7cc256af4180d4f4d6994e3dc620be12bf5203a','65c30081470fa5fafcfe8bf6e6f0fb5cc0649f714c7606d63a1c20243b68afad');
INSERT INTO "case_events" VALUES(2,3,5,'meeting_sent','{"draft":4,"submission":2,"sha256":"9b0f34cad7079fde0f2da7b9ce053085dd0af9e4afc9b7425540b0a779d24071","reference":"SAM-2026-0002","locale":"en","district":""}','2026-11-30 05:34:48.387889','b59769a7dab8e905d94343a5a39fb1f1f289bf08cc4dd4e3428aea89bf7a2e4d','e3c48bfb995c845b71fd2058f7b8dd993c022e73595d1331a86f64257d40b5bf');
INSERT INTO "case_events" VALUES(3,3,1,'taken','{}','2026-11-30 05:34:48.481034','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','81fe31b7a36480edea77ae346cd28d6e0cae7ad640c53ebee0c707e5954ae6fb');
INSERT INTO "case_events" VALUES(4,3,1,'write','{"text":"Välkommen till ett möte.","ball":"applicants","locale":"en"}','2026-11-30 05:34:48.485357','0fd1f5f683cf59ba5b007184edd7439ee8563dea5c15e5805789fb19dcbaab5c','4bd14e106155d5a55e08381a8b56d0744b7595e6e13ccdb67bab1d336eb53aca');
INSERT INTO "case_events" VALUES(5,1,1,'taken','{}','2026-11-30 05:34:48.673434','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','b717fbb5b63895551c7732d11da029bd4c92301f8bb83ed91b5cb5c307f7d6c0');
CREATE TABLE case_invitations (
	token_hash VARCHAR(64) NOT NULL, 
	case_id INTEGER NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	person_id INTEGER, 
	CONSTRAINT pk_case_invitations PRIMARY KEY (token_hash), 
	CONSTRAINT fk_case_invitations_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_case_invitations_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE TABLE cases (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reference VARCHAR(20), 
	state VARCHAR(12) DEFAULT 'draft' NOT NULL, 
	title JSON, 
	waiting_since DATETIME, 
	taken_by INTEGER, 
	created_at DATETIME NOT NULL, waits_for VARCHAR(12) DEFAULT 'nobody' NOT NULL, taker VARCHAR(120) DEFAULT '' NOT NULL, registration VARCHAR(40) DEFAULT '' NOT NULL, locale VARCHAR(16) DEFAULT '' NOT NULL, kinds JSON DEFAULT '[]' NOT NULL, scope VARCHAR(12) DEFAULT '' NOT NULL, district VARCHAR(24) DEFAULT '' NOT NULL, actors JSON DEFAULT '[]' NOT NULL, established VARCHAR(12) DEFAULT '' NOT NULL, sent_at DATETIME, protected BOOLEAN DEFAULT '0' NOT NULL, sought TEXT DEFAULT '' NOT NULL, latest INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT fk_cases_taken_by FOREIGN KEY(taken_by) REFERENCES people (id), 
	CONSTRAINT uq_cases_reference UNIQUE (reference)
);
INSERT INTO "cases" VALUES(1,'SAM-2026-0001','taken','"Möllevångstorget"','2026-11-30 05:34:47.406485',1,'2026-11-30 05:34:45.145021','city','Karin','','sv','["application"]','yes','innerstaden','["association","property_owner"]','met','2026-11-30 05:34:47.406485',0,'sam-2026-0001
möllevångstorget
',5);
INSERT INTO "cases" VALUES(2,NULL,'draft',NULL,NULL,NULL,'2026-11-30 05:34:47.557942','nobody','','','','[]','','','[]','',NULL,0,'',0);
INSERT INTO "cases" VALUES(3,'SAM-2026-0002','taken','null','2026-11-30 05:34:48.485357',1,'2026-11-30 05:34:48.368279','applicants','Karin','','en','["meeting"]','','','[]','',NULL,0,'sam-2026-0002

',4);
INSERT INTO "cases" VALUES(4,NULL,'draft',NULL,NULL,NULL,'2026-11-30 05:34:48.403656','nobody','','','','[]','','','[]','',NULL,0,'',0);
CREATE TABLE counters (
	name VARCHAR(20) NOT NULL, 
	value INTEGER NOT NULL, 
	CONSTRAINT pk_counters PRIMARY KEY (name)
);
INSERT INTO "counters" VALUES('case-2026',2);
CREATE TABLE deletions (
	day VARCHAR(10) NOT NULL, 
	what VARCHAR(24) NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_deletions PRIMARY KEY (day, what)
);
CREATE TABLE desk_drafts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	case_id INTEGER, 
	dialog VARCHAR(24) NOT NULL, 
	answers JSON NOT NULL, 
	changing VARCHAR(24) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT '0' NOT NULL, 
	started_at DATETIME NOT NULL, 
	touched_at DATETIME NOT NULL, 
	CONSTRAINT fk_desk_drafts_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_desk_drafts_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "desk_drafts" VALUES(2,1,3,'assessment','{}','',0,'2026-11-30 05:34:48.607850','2026-11-30 05:34:48.607850');
CREATE TABLE drafts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_id INTEGER NOT NULL, 
	dialog VARCHAR(24) NOT NULL, 
	answers JSON NOT NULL, 
	changing VARCHAR(24) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT '0' NOT NULL, 
	sent BOOLEAN DEFAULT '0' NOT NULL, 
	started_at DATETIME NOT NULL, 
	touched_at DATETIME NOT NULL, 
	reminded_at DATETIME, warned_at DATETIME, 
	CONSTRAINT fk_drafts_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);
INSERT INTO "drafts" VALUES(1,1,'application','{}','',28,1,'2026-11-30 05:34:45.145021','2026-11-30 05:34:47.406485',NULL,NULL);
INSERT INTO "drafts" VALUES(2,2,'application','{"scope":{"value":"yes","by":4,"locale":"ar","at":"2026-11-30T05:34:47.600674Z","ref":""},"mixed_group":{"value":"met","by":4,"locale":"ar","at":"2026-11-30T05:34:47.626563Z","ref":""},"actors":{"value":{"items":[{"id":"a1","name":"Brf Torget","kind":"property_owner","flag":true},{"id":"a2","name":"Torgets vänner","kind":"association","flag":true}],"open":"","done":true},"by":4,"locale":"ar","at":"2026-11-30T05:34:47.781553Z","ref":""},"proposal":{"value":"Trees, benches and light.","by":4,"locale":"ar","at":"2026-11-30T05:34:47.885886Z","ref":"54"},"established":{"value":"met","by":4,"locale":"ar","at":"2026-11-30T05:34:47.959301Z","ref":""},"cooperation":{"value":"We have met every month since 2024.","by":4,"locale":"ar","at":"2026-11-30T05:34:48.014688Z","ref":"57"},"contribution":{"value":"met","by":4,"locale":"ar","at":"2026-11-30T05:34:48.050118Z","ref":""},"contributes":{"value":{"ids":["money"],"words":"20 000 kr a year","done":true},"by":4,"locale":"ar","at":"2026-11-30T05:34:48.106282Z","ref":"60"},"value":{"value":"met","by":4,"locale":"ar","at":"2026-11-30T05:34:48.133477Z","ref":""},"added_value":{"value":"A square for everyone.","by":4,"locale":"ar","at":"2026-11-30T05:34:48.158087Z","ref":"63"},"evidence":{"value":"met","by":4,"locale":"ar","at":"2026-11-30T05:34:48.193378Z","ref":""},"needs":{"value":{"ids":["residents"],"words":"A survey with 120 answers.","done":true},"by":4,"locale":"ar","at":"2026-11-30T05:34:48.248744Z","ref":"66"},"papers":{"value":null,"by":4,"locale":"ar","at":"2026-11-30T05:34:48.278779Z","ref":""},"democratic":{"value":"met","by":4,"locale":"ar","at":"2026-11-30T05:34:48.305427Z","ref":""},"decisions":{"value":"Open meetings, everyone has one vote.","by":4,"locale":"ar","at":"2026-11-30T05:34:48.329914Z","ref":"70"}}','',20,0,'2026-11-30 05:34:47.557942','2026-11-30 05:34:48.329914',NULL,NULL);
INSERT INTO "drafts" VALUES(3,3,'application','{}','',0,0,'2026-11-30 05:34:48.368279','2026-11-30 05:34:48.368279',NULL,NULL);
INSERT INTO "drafts" VALUES(4,3,'meeting','{}','',2,1,'2026-11-30 05:34:48.372660','2026-11-30 05:34:48.387889',NULL,NULL);
INSERT INTO "drafts" VALUES(5,4,'application','{"scope":{"value":"partly","by":6,"locale":"sv","at":"2026-11-30T05:34:48.408592Z","ref":""},"mixed_group":{"value":"not_yet","by":6,"locale":"sv","at":"2026-11-30T05:34:48.412776Z","ref":""},"established":{"value":"not_yet","by":6,"locale":"sv","at":"2026-11-30T05:34:48.417292Z","ref":""},"contribution":{"value":"not_yet","by":6,"locale":"sv","at":"2026-11-30T05:34:48.422177Z","ref":""},"value":{"value":"not_yet","by":6,"locale":"sv","at":"2026-11-30T05:34:48.426216Z","ref":""},"evidence":{"value":"not_yet","by":6,"locale":"sv","at":"2026-11-30T05:34:48.433048Z","ref":""},"democratic":{"value":"not_yet","by":6,"locale":"sv","at":"2026-11-30T05:34:48.438121Z","ref":""},"standing":{"value":true,"by":6,"locale":"sv","at":"2026-11-30T05:34:48.443042Z","ref":""},"area":{"value":{"words":"Torget","bounds":[],"pin":null,"done":true},"by":6,"locale":"sv","at":"2026-11-30T05:34:48.447898Z","ref":""},"actors":{"value":{"items":[{"id":"a1","name":"Ettan","kind":"","flag":true}],"open":"","done":false},"by":6,"locale":"sv","at":"2026-11-30T05:34:48.450998Z","ref":""}}','',10,0,'2026-11-30 05:34:48.403656','2026-11-30 05:34:48.450998',NULL,NULL);
CREATE TABLE erasures (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	what VARCHAR(12) NOT NULL, 
	"key" INTEGER NOT NULL, 
	data JSON NOT NULL, 
	at DATETIME NOT NULL
);
CREATE TABLE files (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	draft_id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	mime VARCHAR(100) NOT NULL, 
	size INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_files PRIMARY KEY (id), 
	CONSTRAINT fk_files_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_files_draft_id FOREIGN KEY(draft_id) REFERENCES drafts (id) ON DELETE CASCADE, 
	CONSTRAINT uq_files_draft_id UNIQUE (draft_id, sha256)
);
INSERT INTO "files" VALUES(1,1,1,'5130cbf45bcd1056eeee901e477ee1dc11fff8dc3329e07617e285710fc1fda1','enkat.pdf','application/pdf',77,'2026-11-30 05:34:46.677618');
CREATE TABLE following (
	case_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	follows BOOLEAN DEFAULT '0' NOT NULL, 
	read_to INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_following PRIMARY KEY (case_id, person_id), 
	CONSTRAINT fk_following_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_following_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "following" VALUES(3,1,0,4);
CREATE TABLE invitations (
	token_hash VARCHAR(64) NOT NULL, 
	person_id INTEGER NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT pk_invitations PRIMARY KEY (token_hash), 
	CONSTRAINT fk_invitations_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "invitations" VALUES('194c62495315efdaf60bb7e60f06f63f9edc6fb9e2212ee88063cb8c79fa1b83',1,'2026-12-01 05:34:44.955658',NULL);
INSERT INTO "invitations" VALUES('deac17db47e5d78b99355a65488b95564a2e69382149a1feedfc3022e6101e3d',1,'2026-12-01 05:34:44.956372','2026-11-30 05:34:45.016718');
INSERT INTO "invitations" VALUES('c87695cd672f45e52885d85b50351572962d696b2d7ca497e4932787b9b9b6fc',1,'2026-12-01 05:34:45.087007','2026-11-30 05:34:45.089462');
INSERT INTO "invitations" VALUES('30059e8aa10dd61e66ccd775f5e37fff77500f549bc8c2fa6c94e138f02de794',1,'2026-12-01 05:34:45.087152',NULL);
INSERT INTO "invitations" VALUES('01892af92b8fd21d6a6291d2e1d91fd3e1d3ae21e8937c4719b5089eb475a266',2,'2026-12-01 05:34:45.094279',NULL);
INSERT INTO "invitations" VALUES('4610b31e157955335271c9b8534f2a9622e2c6222a0ea1e5902804329041a513',2,'2026-12-01 05:34:45.094407',NULL);
CREATE TABLE named (
	case_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT pk_named PRIMARY KEY (case_id, person_id), 
	CONSTRAINT fk_named_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_named_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE TABLE openings (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	person_id INTEGER, 
	what VARCHAR(80) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_openings PRIMARY KEY (id), 
	CONSTRAINT fk_openings_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_openings_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "openings" VALUES(1,3,1,'case','2026-11-30 05:34:48.543189');
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel VARCHAR(20) NOT NULL, 
	address VARCHAR(320) NOT NULL, 
	person_id INTEGER, 
	case_id INTEGER, 
	draft_id INTEGER, 
	reply JSON NOT NULL, 
	lasting BOOLEAN DEFAULT '0' NOT NULL, 
	locale VARCHAR(16) NOT NULL, 
	replaces VARCHAR(40) DEFAULT '' NOT NULL, 
	state VARCHAR(10) DEFAULT 'due' NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	due_at DATETIME NOT NULL, 
	leased_until DATETIME, 
	trouble TEXT DEFAULT '' NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT fk_outbox_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_outbox_draft_id FOREIGN KEY(draft_id) REFERENCES drafts (id) ON DELETE CASCADE, 
	CONSTRAINT fk_outbox_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "outbox" VALUES(36,'mail','mailbox@example.se',NULL,1,NULL,'{"words":[{"id":"{reference}: {title}","values":{"reference":"SAM-2026-0001","title":"Möllevångstorget"},"plural":"","locale":""},{"id":"Open it in the queue: {link}","values":{"link":"https://example.se/queue/SAM-2026-0001"},"plural":"","locale":""}],"title":{"id":"A new application has arrived","values":{},"plural":"","locale":""},"rows":[],"tone":"plain","lasting":true,"draft":0,"version":0,"type":"tell"}',1,'sv','','due',0,'2026-11-30 05:34:47.491818',NULL,'','2026-11-30 05:34:47.491818');
INSERT INTO "outbox" VALUES(37,'mail','sara@malmo.se',NULL,1,NULL,'{"reference":"SAM-2026-0001","at":{"at":"2026-11-30T05:34:47.406485Z","form":"datetime"},"title":{"id":"Your application has arrived","values":{},"plural":"","locale":""},"words":[{"id":"What happens next: a contact person reads it, gets in touch with you and suggests a first meeting.","values":{},"plural":"","locale":""},{"id":"The contact person assesses the application. The Technical Committee decides.","values":{},"plural":"","locale":""},{"id":"You reach us at {mailbox}. Please name the reference number {reference}.","values":{"mailbox":"mailbox@example.se","reference":"SAM-2026-0001"},"plural":"","locale":""}],"rows":[[{"label":{"id":"Save as PDF","values":{},"plural":"","locale":""},"act":"receipt:1","key":"","weight":"plain"}],[{"label":{"id":"What I have sent","values":{},"plural":"","locale":""},"act":"status","key":"","weight":"plain"}],[{"label":{"id":"To the start","values":{},"plural":"","locale":""},"act":"home","key":"","weight":"quiet"}]],"type":"receipt"}',0,'sv','','due',0,'2026-11-30 05:34:47.406485',NULL,'','2026-11-30 05:34:47.406485');
INSERT INTO "outbox" VALUES(72,'mail','mailbox@example.se',NULL,3,NULL,'{"words":[{"id":"{reference}: {title}","values":{"reference":"SAM-2026-0002","title":{"id":"no area named yet","values":{},"plural":"","locale":""}},"plural":"","locale":""},{"id":"Open it in the queue: {link}","values":{"link":"https://example.se/queue/SAM-2026-0002"},"plural":"","locale":""}],"title":{"id":"Someone wishes for a first meeting","values":{},"plural":"","locale":""},"rows":[],"tone":"plain","lasting":true,"draft":0,"version":0,"type":"tell"}',1,'sv','','due',0,'2026-11-30 05:34:48.390700',NULL,'','2026-11-30 05:34:48.390700');
INSERT INTO "outbox" VALUES(73,'mail','kim@example.se',NULL,3,NULL,'{"reference":"SAM-2026-0002","at":{"at":"2026-11-30T05:34:48.387889Z","form":"datetime"},"title":{"id":"Your wish for a first meeting has arrived","values":{},"plural":"","locale":""},"words":[{"id":"What happens next: the contact person gets in touch with you and suggests a time.","values":{},"plural":"","locale":""},{"id":"You reach us at {mailbox}. Please name the reference number {reference}.","values":{"mailbox":"mailbox@example.se","reference":"SAM-2026-0002"},"plural":"","locale":""}],"rows":[[{"label":{"id":"Save as PDF","values":{},"plural":"","locale":""},"act":"receipt:3","key":"","weight":"plain"}],[{"label":{"id":"What I have sent","values":{},"plural":"","locale":""},"act":"status","key":"","weight":"plain"}],[{"label":{"id":"To the start","values":{},"plural":"","locale":""},"act":"home","key":"","weight":"quiet"}]],"type":"receipt"}',0,'en','','due',0,'2026-11-30 05:34:48.387889',NULL,'','2026-11-30 05:34:48.387889');
INSERT INTO "outbox" VALUES(74,'web','kim',5,NULL,NULL,'{"reference":"SAM-2026-0002","at":{"at":"2026-11-30T05:34:48.387889Z","form":"datetime"},"title":{"id":"Your wish for a first meeting has arrived","values":{},"plural":"","locale":""},"words":[{"id":"What happens next: the contact person gets in touch with you and suggests a time.","values":{},"plural":"","locale":""},{"id":"You reach us at {mailbox}. Please name the reference number {reference}.","values":{"mailbox":"mailbox@example.se","reference":"SAM-2026-0002"},"plural":"","locale":""}],"rows":[[{"label":{"id":"Save as PDF","values":{},"plural":"","locale":""},"act":"receipt:3","key":"","weight":"plain"}],[{"label":{"id":"What I have sent","values":{},"plural":"","locale":""},"act":"status","key":"","weight":"plain"}],[{"label":{"id":"To the start","values":{},"plural":"","locale":""},"act":"home","key":"","weight":"quiet"}]],"type":"receipt"}',0,'en','','read',0,'2026-11-30 05:34:48.387889',NULL,'','2026-11-30 05:34:48.387889');
INSERT INTO "outbox" VALUES(94,'web','lo',6,NULL,5,'{"key":"actors","draft":5,"version":10,"place":[10,19],"label":{"id":"Actors","values":{},"plural":"","locale":""},"ask":[{"id":"What is {name}?","values":{"name":"Ettan"},"plural":"","locale":""}],"section":{"id":"The application","values":{},"plural":"","locale":""},"wording":null,"hint":null,"so_far":[{"id":"{name} · {kind} · {flag}","values":{"name":"Ettan","kind":{"id":"what kind?","values":{},"plural":"","locale":""},"flag":{"id":"wants to take part","values":{},"plural":"","locale":""}},"plural":"","locale":""}],"error":null,"noted":null,"rows":[[{"label":{"id":"Property owner","values":{},"plural":"","locale":""},"act":"kind:a1:property_owner","key":"actors","weight":"plain"},{"label":{"id":"Association","values":{},"plural":"","locale":""},"act":"kind:a1:association","key":"actors","weight":"plain"}],[{"label":{"id":"Company","values":{},"plural":"","locale":""},"act":"kind:a1:company","key":"actors","weight":"plain"},{"label":{"id":"Residents’ group","values":{},"plural":"","locale":""},"act":"kind:a1:residents","key":"actors","weight":"plain"}],[{"label":{"id":"Network, not yet organised","values":{},"plural":"","locale":""},"act":"kind:a1:network","key":"actors","weight":"plain"},{"label":{"id":"Something else","values":{},"plural":"","locale":""},"act":"kind:a1:other","key":"actors","weight":"plain"}]],"fields":[{"name":"a1.name","form":"line","label":{"id":"Name","values":{},"plural":"","locale":""},"value":["Ettan"],"choices":[],"most":120,"hint":null,"autocomplete":"","group":"Ettan","first":"","last":""},{"name":"a1.kind","form":"choice","label":{"id":"Kind of actor","values":{},"plural":"","locale":""},"value":[""],"choices":[{"id":"property_owner","label":{"id":"Property owner","values":{},"plural":"","locale":""}},{"id":"association","label":{"id":"Association","values":{},"plural":"","locale":""}},{"id":"company","label":{"id":"Company","values":{},"plural":"","locale":""}},{"id":"residents","label":{"id":"Residents’ group","values":{},"plural":"","locale":""}},{"id":"network","label":{"id":"Network, not yet organised","values":{},"plural":"","locale":""}},{"id":"other","label":{"id":"Something else","values":{},"plural":"","locale":""}}],"most":0,"hint":null,"autocomplete":"","group":"Ettan","first":"","last":""},{"name":"a1.flag","form":"choices","label":"","value":["yes"],"choices":[{"id":"yes","label":{"id":"wants to take part","values":{},"plural":"","locale":""}}],"most":0,"hint":null,"autocomplete":"","group":"Ettan","first":"","last":""},{"name":"a1.remove","form":"choices","label":"","value":[],"choices":[{"id":"yes","label":{"id":"Remove","values":{},"plural":"","locale":""}}],"most":0,"hint":null,"autocomplete":"","group":"Ettan","first":"","last":""},{"name":"new.name","form":"lines","label":{"id":"Names, one a line","values":{},"plural":"","locale":""},"value":[],"choices":[],"most":1200,"hint":null,"autocomplete":"","group":"","first":"","last":""},{"name":"new.kind","form":"choice","label":{"id":"Kind of actor","values":{},"plural":"","locale":""},"value":[],"choices":[{"id":"property_owner","label":{"id":"Property owner","values":{},"plural":"","locale":""}},{"id":"association","label":{"id":"Association","values":{},"plural":"","locale":""}},{"id":"company","label":{"id":"Company","values":{},"plural":"","locale":""}},{"id":"residents","label":{"id":"Residents’ group","values":{},"plural":"","locale":""}},{"id":"network","label":{"id":"Network, not yet organised","values":{},"plural":"","locale":""}},{"id":"other","label":{"id":"Something else","values":{},"plural":"","locale":""}}],"most":0,"hint":null,"autocomplete":"","group":"","first":"","last":""}],"ways":[{"label":{"id":"Back","values":{},"plural":"","locale":""},"act":"back","key":"actors","weight":"quiet"}],"type":"ask"}',0,'sv','','read',0,'2026-11-30 05:34:48.450998',NULL,'','2026-11-30 05:34:48.450998');
INSERT INTO "outbox" VALUES(95,'web','kim',5,3,NULL,'{"words":[{"id":"{name} has taken your case {reference} and will get in touch with you.","values":{"name":"Karin","reference":"SAM-2026-0002"},"plural":"","locale":""}],"title":{"id":"A contact person has taken your case","values":{},"plural":"","locale":""},"rows":[[{"label":{"id":"What I have sent","values":{},"plural":"","locale":""},"act":"status","key":"","weight":"plain"}]],"tone":"plain","lasting":true,"draft":0,"version":0,"type":"tell"}',1,'en','','kept',0,'2026-11-30 05:34:48.483557',NULL,'','2026-11-30 05:34:48.483557');
INSERT INTO "outbox" VALUES(96,'mail','kim@example.se',NULL,3,NULL,'{"words":[{"id":"{name} has taken your case {reference} and will get in touch with you.","values":{"name":"Karin","reference":"SAM-2026-0002"},"plural":"","locale":""},{"id":"To answer, open the chat: {link}","values":{"link":"https://example.se"},"plural":"","locale":""},{"id":"You can also answer this letter. It goes to {mailbox}.","values":{"mailbox":"mailbox@example.se"},"plural":"","locale":""}],"title":{"id":"A contact person has taken your case","values":{},"plural":"","locale":""},"rows":[[{"label":{"id":"What I have sent","values":{},"plural":"","locale":""},"act":"status","key":"","weight":"plain"}]],"tone":"plain","lasting":true,"draft":0,"version":0,"type":"tell"}',1,'en','','due',0,'2026-11-30 05:34:48.484269',NULL,'','2026-11-30 05:34:48.484269');
INSERT INTO "outbox" VALUES(97,'web','kim',5,3,NULL,'{"words":[{"id":"{name} writes about {reference}:","values":{"name":"Karin","reference":"SAM-2026-0002"},"plural":"","locale":""},"Välkommen till ett möte."],"title":{"id":"A message from your contact person","values":{},"plural":"","locale":""},"rows":[[{"label":{"id":"Write an answer","values":{},"plural":"","locale":""},"act":"write:3","key":"","weight":"plain"}],[{"label":{"id":"What I have sent","values":{},"plural":"","locale":""},"act":"status","key":"","weight":"plain"}]],"tone":"plain","lasting":true,"draft":0,"version":0,"type":"tell"}',1,'en','','kept',0,'2026-11-30 05:34:48.491010',NULL,'','2026-11-30 05:34:48.491010');
INSERT INTO "outbox" VALUES(98,'mail','kim@example.se',NULL,3,NULL,'{"words":[{"id":"{name} writes about {reference}:","values":{"name":"Karin","reference":"SAM-2026-0002"},"plural":"","locale":""},"Välkommen till ett möte.",{"id":"To answer, open the chat: {link}","values":{"link":"https://example.se"},"plural":"","locale":""},{"id":"You can also answer this letter. It goes to {mailbox}.","values":{"mailbox":"mailbox@example.se"},"plural":"","locale":""}],"title":{"id":"A message from your contact person","values":{},"plural":"","locale":""},"rows":[[{"label":{"id":"Write an answer","values":{},"plural":"","locale":""},"act":"write:3","key":"","weight":"plain"}],[{"label":{"id":"What I have sent","values":{},"plural":"","locale":""},"act":"status","key":"","weight":"plain"}]],"tone":"plain","lasting":true,"draft":0,"version":0,"type":"tell"}',1,'en','','due',0,'2026-11-30 05:34:48.491519',NULL,'','2026-11-30 05:34:48.491519');
INSERT INTO "outbox" VALUES(104,'applicants','501',3,1,NULL,'{"words":[{"id":"{name} has taken your case {reference} and will get in touch with you.","values":{"name":"Karin","reference":"SAM-2026-0001"},"plural":"","locale":""}],"title":{"id":"A contact person has taken your case","values":{},"plural":"","locale":""},"rows":[[{"label":{"id":"What I have sent","values":{},"plural":"","locale":""},"act":"status","key":"","weight":"plain"}]],"tone":"plain","lasting":true,"draft":0,"version":0,"type":"tell"}',1,'sv','','due',0,'2026-11-30 05:34:48.675514',NULL,'','2026-11-30 05:34:48.675514');
CREATE TABLE participants (
	case_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	role VARCHAR(20) DEFAULT 'writer' NOT NULL, 
	CONSTRAINT pk_participants PRIMARY KEY (case_id, person_id), 
	CONSTRAINT fk_participants_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_participants_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "participants" VALUES(1,3,'writer');
INSERT INTO "participants" VALUES(2,4,'writer');
INSERT INTO "participants" VALUES(3,5,'writer');
INSERT INTO "participants" VALUES(4,6,'writer');
CREATE TABLE people (
	id INTEGER NOT NULL, 
	locale VARCHAR(16) NOT NULL, 
	terms VARCHAR(16) DEFAULT '' NOT NULL, 
	terms_at DATETIME, 
	at_hand INTEGER DEFAULT '0' NOT NULL, 
	reminders BOOLEAN DEFAULT '1' NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (id)
);
INSERT INTO "people" VALUES(1,'en','',NULL,2,1,'2026-11-30 05:34:44.946918');
INSERT INTO "people" VALUES(2,'sv','',NULL,0,1,'2026-11-30 05:34:45.093492');
INSERT INTO "people" VALUES(3,'sv','2026-11','2026-11-30 05:34:45.145021',0,1,'2026-11-30 05:34:45.098571');
INSERT INTO "people" VALUES(4,'ar','2026-11','2026-11-30 05:34:47.557942',2,1,'2026-11-30 05:34:47.532708');
INSERT INTO "people" VALUES(5,'en','2026-11','2026-11-30 05:34:48.368279',3,1,'2026-11-30 05:34:48.361049');
INSERT INTO "people" VALUES(6,'sv','2026-11','2026-11-30 05:34:48.403656',5,1,'2026-11-30 05:34:48.397240');
CREATE TABLE seals (
	case_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	events INTEGER NOT NULL, 
	chain VARCHAR(64) NOT NULL, 
	seal VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_seals PRIMARY KEY (case_id)
);
INSERT INTO "seals" VALUES(0,0,2,'','db9a7d9a2d8a1c32e8910c9645007d05c816be4b1c170320d1a26b84e8c64a27');
INSERT INTO "seals" VALUES(1,1,2,'b717fbb5b63895551c7732d11da029bd4c92301f8bb83ed91b5cb5c307f7d6c0','ea95f1920b73c30b35e67fcf0947e1c99f0f99e14b408989f573ecc791e57a4b');
INSERT INTO "seals" VALUES(3,2,3,'4bd14e106155d5a55e08381a8b56d0744b7595e6e13ccdb67bab1d336eb53aca','9826a52b971dea5bb797279554ec25dc820d60e19468516fc7919a42ea416439');
CREATE TABLE seen_updates (
	channel VARCHAR(20) NOT NULL, 
	update_id BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_seen_updates PRIMARY KEY (channel, update_id)
);
INSERT INTO "seen_updates" VALUES('contact_persons',700000001,'2026-11-30 05:34:45.016718');
INSERT INTO "seen_updates" VALUES('applicants',700000001,'2026-11-30 05:34:45.098571');
INSERT INTO "seen_updates" VALUES('applicants',700000003,'2026-11-30 05:34:45.145021');
INSERT INTO "seen_updates" VALUES('applicants',700000005,'2026-11-30 05:34:45.301675');
INSERT INTO "seen_updates" VALUES('applicants',700000007,'2026-11-30 05:34:45.394599');
INSERT INTO "seen_updates" VALUES('applicants',700000008,'2026-11-30 05:34:45.497557');
INSERT INTO "seen_updates" VALUES('applicants',700000010,'2026-11-30 05:34:45.731448');
INSERT INTO "seen_updates" VALUES('applicants',700000012,'2026-11-30 05:34:45.807559');
INSERT INTO "seen_updates" VALUES('applicants',700000014,'2026-11-30 05:34:45.837103');
INSERT INTO "seen_updates" VALUES('applicants',700000015,'2026-11-30 05:34:45.898543');
INSERT INTO "seen_updates" VALUES('applicants',700000017,'2026-11-30 05:34:45.966255');
INSERT INTO "seen_updates" VALUES('applicants',700000018,'2026-11-30 05:34:45.996920');
INSERT INTO "seen_updates" VALUES('applicants',700000020,'2026-11-30 05:34:46.045426');
INSERT INTO "seen_updates" VALUES('applicants',700000022,'2026-11-30 05:34:46.108974');
INSERT INTO "seen_updates" VALUES('applicants',700000023,'2026-11-30 05:34:46.196902');
INSERT INTO "seen_updates" VALUES('applicants',700000025,'2026-11-30 05:34:46.254473');
INSERT INTO "seen_updates" VALUES('applicants',700000026,'2026-11-30 05:34:46.341530');
INSERT INTO "seen_updates" VALUES('applicants',700000028,'2026-11-30 05:34:46.417968');
INSERT INTO "seen_updates" VALUES('applicants',700000030,'2026-11-30 05:34:46.501752');
INSERT INTO "seen_updates" VALUES('applicants',700000031,'2026-11-30 05:34:46.598503');
INSERT INTO "seen_updates" VALUES('applicants',700000032,'2026-11-30 05:34:46.677618');
INSERT INTO "seen_updates" VALUES('applicants',700000034,'2026-11-30 05:34:46.772756');
INSERT INTO "seen_updates" VALUES('applicants',700000036,'2026-11-30 05:34:46.859395');
INSERT INTO "seen_updates" VALUES('applicants',700000037,'2026-11-30 05:34:46.926598');
INSERT INTO "seen_updates" VALUES('applicants',700000038,'2026-11-30 05:34:47.010984');
INSERT INTO "seen_updates" VALUES('applicants',700000039,'2026-11-30 05:34:47.082429');
INSERT INTO "seen_updates" VALUES('applicants',700000040,'2026-11-30 05:34:47.152008');
INSERT INTO "seen_updates" VALUES('applicants',700000042,'2026-11-30 05:34:47.216714');
INSERT INTO "seen_updates" VALUES('applicants',700000044,'2026-11-30 05:34:47.246579');
INSERT INTO "seen_updates" VALUES('applicants',700000045,'2026-11-30 05:34:47.271881');
INSERT INTO "seen_updates" VALUES('applicants',700000047,'2026-11-30 05:34:47.355078');
INSERT INTO "seen_updates" VALUES('applicants',700000049,'2026-11-30 05:34:47.383113');
INSERT INTO "seen_updates" VALUES('applicants',700000051,'2026-11-30 05:34:47.406485');
INSERT INTO "seen_updates" VALUES('applicants',700000052,'2026-11-30 05:34:47.532708');
INSERT INTO "seen_updates" VALUES('applicants',700000054,'2026-11-30 05:34:47.557942');
INSERT INTO "seen_updates" VALUES('applicants',700000056,'2026-11-30 05:34:47.600674');
INSERT INTO "seen_updates" VALUES('applicants',700000058,'2026-11-30 05:34:47.626563');
INSERT INTO "seen_updates" VALUES('applicants',700000059,'2026-11-30 05:34:47.675085');
INSERT INTO "seen_updates" VALUES('applicants',700000061,'2026-11-30 05:34:47.699951');
INSERT INTO "seen_updates" VALUES('applicants',700000063,'2026-11-30 05:34:47.729769');
INSERT INTO "seen_updates" VALUES('applicants',700000065,'2026-11-30 05:34:47.781553');
INSERT INTO "seen_updates" VALUES('applicants',700000066,'2026-11-30 05:34:47.885886');
INSERT INTO "seen_updates" VALUES('applicants',700000068,'2026-11-30 05:34:47.959301');
INSERT INTO "seen_updates" VALUES('applicants',700000069,'2026-11-30 05:34:48.014688');
INSERT INTO "seen_updates" VALUES('applicants',700000071,'2026-11-30 05:34:48.050118');
INSERT INTO "seen_updates" VALUES('applicants',700000073,'2026-11-30 05:34:48.080054');
INSERT INTO "seen_updates" VALUES('applicants',700000074,'2026-11-30 05:34:48.106282');
INSERT INTO "seen_updates" VALUES('applicants',700000076,'2026-11-30 05:34:48.133477');
INSERT INTO "seen_updates" VALUES('applicants',700000077,'2026-11-30 05:34:48.158087');
INSERT INTO "seen_updates" VALUES('applicants',700000079,'2026-11-30 05:34:48.193378');
INSERT INTO "seen_updates" VALUES('applicants',700000081,'2026-11-30 05:34:48.223857');
INSERT INTO "seen_updates" VALUES('applicants',700000082,'2026-11-30 05:34:48.248744');
INSERT INTO "seen_updates" VALUES('applicants',700000084,'2026-11-30 05:34:48.278779');
INSERT INTO "seen_updates" VALUES('applicants',700000086,'2026-11-30 05:34:48.305427');
INSERT INTO "seen_updates" VALUES('applicants',700000087,'2026-11-30 05:34:48.329914');
INSERT INTO "seen_updates" VALUES('queue',77,'2026-11-30 05:34:48.485357');
INSERT INTO "seen_updates" VALUES('contact_persons',700000002,'2026-11-30 05:34:48.495182');
INSERT INTO "seen_updates" VALUES('contact_persons',700000004,'2026-11-30 05:34:48.543189');
INSERT INTO "seen_updates" VALUES('contact_persons',700000006,'2026-11-30 05:34:48.607850');
CREATE TABLE staff (
	person_id INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	active BOOLEAN DEFAULT '1' NOT NULL, administrator BOOLEAN DEFAULT '0' NOT NULL, away_since VARCHAR(10) DEFAULT '' NOT NULL, away_until VARCHAR(10) DEFAULT '' NOT NULL, digest_on VARCHAR(10) DEFAULT '' NOT NULL, deputy_id INTEGER CONSTRAINT fk_staff_deputy_id REFERENCES people (id), 
	CONSTRAINT pk_staff PRIMARY KEY (person_id), 
	CONSTRAINT fk_staff_person_id FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT uq_staff_name UNIQUE (name)
);
INSERT INTO "staff" VALUES(1,'Karin',1,0,'','','',NULL);
INSERT INTO "staff" VALUES(2,'Alva',1,1,'','','',NULL);
CREATE TABLE submissions (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	draft_id INTEGER NOT NULL, 
	dialog VARCHAR(24) NOT NULL, 
	record JSON NOT NULL, 
	shared JSON, 
	locale VARCHAR(16) NOT NULL, 
	terms VARCHAR(16) NOT NULL, 
	person_id INTEGER NOT NULL, 
	sent_at DATETIME NOT NULL, 
	CONSTRAINT pk_submissions PRIMARY KEY (id), 
	CONSTRAINT fk_submissions_case_id FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_submissions_draft_id FOREIGN KEY(draft_id) REFERENCES drafts (id), 
	CONSTRAINT fk_submissions_person_id FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT uq_submissions_draft_id UNIQUE (draft_id)
);
INSERT INTO "submissions" VALUES(1,1,1,'application','{"dialog":"application","title":"Möllevångstorget","entries":[{"key":"scope","section":{"id":"First","values":{},"plural":"","locale":""},"label":{"id":"The Technical Committee’s responsibility","values":{},"plural":"","locale":""},"ask":{"id":"Is your idea about streets, squares, parks or other public land?","values":{},"plural":"","locale":""},"wording":null,"value":"yes","shown":[{"id":"Yes","values":{},"plural":"","locale":""}],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:45.301675Z","form":"datetime"}},{"key":"mixed_group","section":{"id":"Criterion {number} of {of}","values":{"number":1,"of":6},"plural":"","locale":""},"label":{"id":"A mixed group with a proposal","values":{},"plural":"","locale":""},"ask":{"id":"How is it with you: do you meet this?","values":{},"plural":"","locale":""},"wording":{"id":"A mixed group of actors has a proposal for how they can develop an area together with the City of Malmö through the Technical Committee.","values":{},"plural":"","locale":""},"value":"met","shown":[{"id":"Met","values":{},"plural":"","locale":""}],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:45.394599Z","form":"datetime"}},{"key":"actors","section":{"id":"Criterion {number} of {of}","values":{"number":1,"of":6},"plural":"","locale":""},"label":{"id":"Actors","values":{},"plural":"","locale":""},"ask":{"id":"Which actors are in the group? Write their names, one a line.","values":{},"plural":"","locale":""},"wording":null,"value":{"items":[{"id":"a1","name":"Brf Torget","kind":"property_owner","flag":true},{"id":"a2","name":"Torgets vänner","kind":"association","flag":true}],"open":"","done":true},"shown":[{"id":"{name} · {kind} · {flag}","values":{"name":"Brf Torget","kind":{"id":"Property owner","values":{},"plural":"","locale":""},"flag":{"id":"wants to take part","values":{},"plural":"","locale":""}},"plural":"","locale":""},{"id":"{name} · {kind} · {flag}","values":{"name":"Torgets vänner","kind":{"id":"Association","values":{},"plural":"","locale":""},"flag":{"id":"wants to take part","values":{},"plural":"","locale":""}},"plural":"","locale":""}],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:45.837103Z","form":"datetime"}},{"key":"proposal","section":{"id":"Criterion {number} of {of}","values":{"number":1,"of":6},"plural":"","locale":""},"label":{"id":"The proposal","values":{},"plural":"","locale":""},"ask":{"id":"What do you want to do in the area? A few sentences are enough.","values":{},"plural":"","locale":""},"wording":null,"value":"Trees, benches and light.","shown":["Trees, benches and light."],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:45.898543Z","form":"datetime"}},{"key":"established","section":{"id":"Criterion {number} of {of}","values":{"number":2,"of":6},"plural":"","locale":""},"label":{"id":"Established cooperation","values":{},"plural":"","locale":""},"ask":{"id":"How is it with you: do you meet this?","values":{},"plural":"","locale":""},"wording":{"id":"There is established cooperation between different actors with a capital of trust and those who live or work in the area.","values":{},"plural":"","locale":""},"value":"met","shown":[{"id":"Met","values":{},"plural":"","locale":""}],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:45.966255Z","form":"datetime"}},{"key":"cooperation","section":{"id":"Criterion {number} of {of}","values":{"number":2,"of":6},"plural":"","locale":""},"label":{"id":"Cooperation so far","values":{},"plural":"","locale":""},"ask":{"id":"Who already works together, on what, and since when? How are those who live or work there part of it?","values":{},"plural":"","locale":""},"wording":null,"value":"We have met every month since 2024.","shown":["We have met every month since 2024."],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:45.996920Z","form":"datetime"}},{"key":"contribution","section":{"id":"Criterion {number} of {of}","values":{"number":3,"of":6},"plural":"","locale":""},"label":{"id":"Own contribution","values":{},"plural":"","locale":""},"ask":{"id":"How is it with you: do you meet this?","values":{},"plural":"","locale":""},"wording":{"id":"The actors are able to set aside money, resources or take responsibility for activities.","values":{},"plural":"","locale":""},"value":"met","shown":[{"id":"Met","values":{},"plural":"","locale":""}],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:46.045426Z","form":"datetime"}},{"key":"contributes","section":{"id":"Criterion {number} of {of}","values":{"number":3,"of":6},"plural":"","locale":""},"label":{"id":"Your contribution","values":{},"plural":"","locale":""},"ask":{"id":"What can you contribute? Choose first, then write.","values":{},"plural":"","locale":""},"wording":null,"value":{"ids":["money"],"words":"20 000 kr a year","done":true},"shown":[{"id":"Money","values":{},"plural":"","locale":""},"20 000 kr a year"],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:46.196902Z","form":"datetime"}},{"key":"value","section":{"id":"Criterion {number} of {of}","values":{"number":4,"of":6},"plural":"","locale":""},"label":{"id":"More together than alone","values":{},"plural":"","locale":""},"ask":{"id":"How is it with you: do you meet this?","values":{},"plural":"","locale":""},"wording":{"id":"The collaboration proposal contributes to added value that the individual actors cannot achieve on their own.","values":{},"plural":"","locale":""},"value":"met","shown":[{"id":"Met","values":{},"plural":"","locale":""}],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:46.254473Z","form":"datetime"}},{"key":"added_value","section":{"id":"Criterion {number} of {of}","values":{"number":4,"of":6},"plural":"","locale":""},"label":{"id":"Added value","values":{},"plural":"","locale":""},"ask":{"id":"What can you achieve together that none of you could achieve alone?","values":{},"plural":"","locale":""},"wording":null,"value":"A square for everyone.","shown":["A square for everyone."],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:46.341530Z","form":"datetime"}},{"key":"evidence","section":{"id":"Criterion {number} of {of}","values":{"number":5,"of":6},"plural":"","locale":""},"label":{"id":"Evidence of need","values":{},"plural":"","locale":""},"ask":{"id":"How is it with you: do you meet this?","values":{},"plural":"","locale":""},"wording":{"id":"There must be material from residents, people who work there or visitors (depending on the purpose of the process) that shows which and whose needs were the starting point when the proposal was drawn up.","values":{},"plural":"","locale":""},"value":"met","shown":[{"id":"Met","values":{},"plural":"","locale":""}],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:46.417968Z","form":"datetime"}},{"key":"needs","section":{"id":"Criterion {number} of {of}","values":{"number":5,"of":6},"plural":"","locale":""},"label":{"id":"Whose needs, and how you know","values":{},"plural":"","locale":""},"ask":{"id":"Whose needs does the proposal build on? Choose first, then write how you know.","values":{},"plural":"","locale":""},"wording":null,"value":{"ids":["residents"],"words":"A survey with 120 answers.","done":true},"shown":[{"id":"Residents","values":{},"plural":"","locale":""},"A survey with 120 answers."],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:46.598503Z","form":"datetime"}},{"key":"papers","section":{"id":"Criterion {number} of {of}","values":{"number":5,"of":6},"plural":"","locale":""},"label":{"id":"Documents","values":{},"plural":"","locale":""},"ask":{"id":"Do you have something that shows it? Send documents, photos or voice notes, ten at most.","values":{},"plural":"","locale":""},"wording":null,"value":{"files":[{"sha256":"5130cbf45bcd1056eeee901e477ee1dc11fff8dc3329e07617e285710fc1fda1","name":"enkat.pdf","mime":"application/pdf","size":77}],"done":true},"shown":["enkat.pdf"],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:46.772756Z","form":"datetime"}},{"key":"democratic","section":{"id":"Criterion {number} of {of}","values":{"number":6,"of":6},"plural":"","locale":""},"label":{"id":"Democratic principles","values":{},"plural":"","locale":""},"ask":{"id":"How is it with you: do you meet this?","values":{},"plural":"","locale":""},"wording":{"id":"The process and the proposal must be based on democratic principles.","values":{},"plural":"","locale":""},"value":"met","shown":[{"id":"Met","values":{},"plural":"","locale":""}],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:46.859395Z","form":"datetime"}},{"key":"decisions","section":{"id":"Criterion {number} of {of}","values":{"number":6,"of":6},"plural":"","locale":""},"label":{"id":"How you decide","values":{},"plural":"","locale":""},"ask":{"id":"How do you take decisions, and who can take part?","values":{},"plural":"","locale":""},"wording":null,"value":"Open meetings, everyone has one vote.","shown":["Open meetings, everyone has one vote."],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:46.926598Z","form":"datetime"}},{"key":"area","section":{"id":"The application","values":{},"plural":"","locale":""},"label":{"id":"The area","values":{},"plural":"","locale":""},"ask":{"id":"Which area is it about, and where does it end?","values":{},"plural":"","locale":""},"wording":null,"value":{"words":"Möllevångstorget","bounds":["Bergsgatan","Simrishamnsgatan"],"pin":null,"done":true},"shown":["Möllevångstorget","Bergsgatan","Simrishamnsgatan"],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:47.010984Z","form":"datetime"}},{"key":"challenges","section":{"id":"The application","values":{},"plural":"","locale":""},"label":{"id":"Challenges","values":{},"plural":"","locale":""},"ask":{"id":"What challenges does the area have today, as you see it?","values":{},"plural":"","locale":""},"wording":null,"value":"Dark in the evening.","shown":["Dark in the evening."],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:47.082429Z","form":"datetime"}},{"key":"opportunities","section":{"id":"The application","values":{},"plural":"","locale":""},"label":{"id":"Opportunities","values":{},"plural":"","locale":""},"ask":{"id":"And what opportunities does it have?","values":{},"plural":"","locale":""},"wording":null,"value":"Many shops and people.","shown":["Many shops and people."],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:47.152008Z","form":"datetime"}},{"key":"contact","section":{"id":"Whom to answer","values":{},"plural":"","locale":""},"label":{"id":"Contact","values":{},"plural":"","locale":""},"ask":{"id":"Whom should the city answer? Write a name, and an e-mail address or a phone number.","values":{},"plural":"","locale":""},"wording":null,"value":{"name":"Sara Ali","email":"sara@malmo.se","phone":""},"shown":["Sara Ali","sara@malmo.se"],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:47.271881Z","form":"datetime"}},{"key":"speaks_for","section":{"id":"Whom to answer","values":{},"plural":"","locale":""},"label":{"id":"Speaks for","values":{},"plural":"","locale":""},"ask":{"id":"Which actor do you speak for?","values":{},"plural":"","locale":""},"wording":null,"value":"a1","shown":["Brf Torget"],"by":3,"locale":"sv","at":{"at":"2026-11-30T05:34:47.355078Z","form":"datetime"}}],"facts":{"scope":"yes","mixed":true,"actors":["association","property_owner"],"criteria":{"mixed_group":"met","established":"met","contribution":"met","value":"met","evidence":"met","democratic":"met"}}}','null','sv','2026-11',3,'2026-11-30 05:34:47.406485');
INSERT INTO "submissions" VALUES(2,3,4,'meeting','{"dialog":"meeting","title":"","entries":[{"key":"about","section":{"id":"A first meeting","values":{},"plural":"","locale":""},"label":{"id":"What it is about","values":{},"plural":"","locale":""},"ask":{"id":"What would you like to talk about? A sentence is enough, and so is the name of the place.","values":{},"plural":"","locale":""},"wording":null,"value":"A bench on our street.","shown":["A bench on our street."],"by":5,"locale":"en","at":{"at":"2026-11-30T05:34:48.375941Z","form":"datetime"}},{"key":"contact","section":{"id":"A first meeting","values":{},"plural":"","locale":""},"label":{"id":"Contact","values":{},"plural":"","locale":""},"ask":{"id":"Whom should the city answer? Write a name, and an e-mail address or a phone number.","values":{},"plural":"","locale":""},"wording":null,"value":{"name":"Kim Berg","email":"kim@example.se","phone":""},"shown":["Kim Berg","kim@example.se"],"by":5,"locale":"en","at":{"at":"2026-11-30T05:34:48.379168Z","form":"datetime"}}],"facts":{}}','null','en','2026-11',5,'2026-11-30 05:34:48.387889');
CREATE INDEX ix_addresses_person_id ON addresses (person_id);
CREATE INDEX ix_cases_waiting_since ON cases (waiting_since);
CREATE INDEX ix_case_events_case_id ON case_events (case_id);
CREATE INDEX ix_drafts_case_id ON drafts (case_id);
CREATE INDEX ix_participants_person_id ON participants (person_id);
CREATE INDEX ix_files_case_id ON files (case_id);
CREATE INDEX ix_files_draft_id ON files (draft_id);
CREATE INDEX ix_files_sha256 ON files (sha256);
CREATE INDEX ix_outbox_case_id ON outbox (case_id);
CREATE INDEX ix_outbox_draft_id ON outbox (draft_id);
CREATE INDEX ix_outbox_next ON outbox (state, due_at);
CREATE INDEX ix_outbox_to ON outbox (channel, address, id);
CREATE INDEX ix_submissions_case_id ON submissions (case_id);
CREATE INDEX ix_cases_taken_by ON cases (taken_by);
CREATE INDEX ix_case_invitations_case_id ON case_invitations (case_id);
CREATE INDEX ix_following_person_id ON following (person_id);
CREATE INDEX ix_openings_case_id ON openings (case_id);
CREATE INDEX ix_desk_drafts_case_id ON desk_drafts (case_id);
CREATE INDEX ix_desk_drafts_person_id ON desk_drafts (person_id);
CREATE INDEX ix_erasures_at ON erasures (at);
CREATE INDEX ix_cases_queue ON cases ((CASE WHEN state = 'sent' THEN 0 WHEN waits_for = 'city' THEN 1 WHEN waits_for = 'nobody' THEN 3 ELSE 2 END), waiting_since, id, reference, state, waits_for, protected, district, taken_by, locale, scope, latest) WHERE reference IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('outbox',104);
INSERT INTO "sqlite_sequence" VALUES('cases',4);
INSERT INTO "sqlite_sequence" VALUES('drafts',5);
INSERT INTO "sqlite_sequence" VALUES('desk_drafts',2);
COMMIT;
