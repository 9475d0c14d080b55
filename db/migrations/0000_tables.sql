CREATE SCHEMA "countersign";
--> statement-breakpoint
CREATE SCHEMA "declog";
--> statement-breakpoint
CREATE TABLE "declog"."command" (
	"workspace" text NOT NULL,
	"key" "bytea" NOT NULL,
	"intent_hash" "bytea" NOT NULL,
	"stream" text NOT NULL,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	CONSTRAINT "command_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "countersign"."delivery" (
	"workspace" text NOT NULL,
	"stream" text NOT NULL,
	"key" text NOT NULL,
	"surface" text NOT NULL,
	"address" text NOT NULL,
	"ref" jsonb,
	"content_hash" "bytea" NOT NULL,
	CONSTRAINT "delivery_workspace_stream_key_pk" PRIMARY KEY("workspace","stream","key")
);
--> statement-breakpoint
CREATE TABLE "declog"."entry" (
	"workspace" text NOT NULL,
	"entry_id" uuid NOT NULL,
	"stream" text NOT NULL,
	"seq" bigint NOT NULL,
	"type" text NOT NULL,
	"body" text NOT NULL,
	"leaf_hash" "bytea" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "entry_workspace_entry_id_pk" PRIMARY KEY("workspace","entry_id"),
	CONSTRAINT "entry_place" UNIQUE("workspace","stream","seq"),
	CONSTRAINT "entry_body_size" CHECK (octet_length("declog"."entry"."body") <= 65535)
);
--> statement-breakpoint
CREATE TABLE "declog"."head" (
	"workspace" text NOT NULL,
	"stream" text NOT NULL,
	"head_seq" bigint NOT NULL,
	"head_hash" "bytea" NOT NULL,
	"delivered_seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "head_workspace_stream_pk" PRIMARY KEY("workspace","stream")
);
--> statement-breakpoint
CREATE TABLE "countersign"."identity" (
	"workspace" text NOT NULL,
	"identity" text NOT NULL,
	"person" text NOT NULL,
	CONSTRAINT "identity_workspace_identity_pk" PRIMARY KEY("workspace","identity")
);
--> statement-breakpoint
CREATE TABLE "countersign"."installation" (
	"installation" text PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "countersign"."open_question" (
	"workspace" text NOT NULL,
	"review" text NOT NULL,
	"question" text NOT NULL,
	"threats" integer NOT NULL,
	"owner" text,
	"due" date,
	CONSTRAINT "open_question_workspace_review_question_pk" PRIMARY KEY("workspace","review","question")
);
--> statement-breakpoint
CREATE TABLE "declog"."pending" (
	"no" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "declog"."pending_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" text NOT NULL,
	"entry_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "countersign"."person" (
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"name" text,
	"roles" text[] NOT NULL,
	CONSTRAINT "person_workspace_person_pk" PRIMARY KEY("workspace","person")
);
--> statement-breakpoint
CREATE TABLE "countersign"."policy_rule" (
	"workspace" text NOT NULL,
	"severity" text NOT NULL,
	"slot" smallint NOT NULL,
	"signers" text[] NOT NULL,
	"accept_days" integer NOT NULL,
	"three_people" boolean NOT NULL,
	CONSTRAINT "policy_rule_workspace_severity_slot_pk" PRIMARY KEY("workspace","severity","slot")
);
--> statement-breakpoint
CREATE TABLE "countersign"."review" (
	"workspace" text NOT NULL,
	"review" text NOT NULL,
	"feature" text NOT NULL,
	"name" text,
	"iteration" integer NOT NULL,
	"stage" text NOT NULL,
	"requester" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"signed_off_at" timestamp with time zone,
	"signed_off_by" text,
	"seq" bigint NOT NULL,
	CONSTRAINT "review_workspace_review_pk" PRIMARY KEY("workspace","review")
);
--> statement-breakpoint
CREATE TABLE "declog"."private" (
	"workspace" text NOT NULL,
	"commitment" "bytea" NOT NULL,
	"stream" text NOT NULL,
	"seq" bigint NOT NULL,
	"salt" "bytea",
	"value" text,
	"erased_at" timestamp with time zone,
	CONSTRAINT "private_workspace_commitment_pk" PRIMARY KEY("workspace","commitment")
);
--> statement-breakpoint
CREATE TABLE "countersign"."threat" (
	"workspace" text NOT NULL,
	"review" text NOT NULL,
	"threat" text NOT NULL,
	"position" integer NOT NULL,
	"title" text,
	"area" text NOT NULL,
	"severity" text NOT NULL,
	"deciding_severity" text NOT NULL,
	"status" text NOT NULL,
	"watched" boolean NOT NULL,
	"conditional" boolean NOT NULL,
	"owner" text NOT NULL,
	"treatment" text,
	"proposer" text,
	"signed_slots" smallint[] NOT NULL,
	"signed_by" text[] NOT NULL,
	"waiting_since" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"due" date,
	"expires" date,
	"doer" text,
	"evidenced_by" text,
	"verified" boolean,
	CONSTRAINT "threat_workspace_review_threat_pk" PRIMARY KEY("workspace","review","threat")
);
--> statement-breakpoint
CREATE TABLE "countersign"."web_message" (
	"no" bigint GENERATED ALWAYS AS IDENTITY (sequence name "countersign"."web_message_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"key" text NOT NULL,
	"said" text,
	"card" jsonb,
	"posted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "web_message_workspace_person_key_pk" PRIMARY KEY("workspace","person","key")
);
--> statement-breakpoint
CREATE INDEX "head_undelivered" ON "declog"."head" USING btree ("workspace","stream") WHERE delivered_seq < head_seq;--> statement-breakpoint
CREATE INDEX "identity_person" ON "countersign"."identity" USING btree ("workspace","person");--> statement-breakpoint
CREATE INDEX "review_requester" ON "countersign"."review" USING btree ("workspace","requester");--> statement-breakpoint
CREATE INDEX "private_place" ON "declog"."private" USING btree ("workspace","stream","seq");--> statement-breakpoint
CREATE INDEX "threat_waiting" ON "countersign"."threat" USING btree ("workspace","status","waiting_since");--> statement-breakpoint
CREATE INDEX "threat_expires" ON "countersign"."threat" USING btree ("workspace","expires");