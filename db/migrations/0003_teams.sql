CREATE TABLE "countersign"."identity_code" (
	"code_hash" "bytea" PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"claimed_by" text,
	"claimant" text,
	"claimant_name" text,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "countersign"."teams_form" (
	"address" text NOT NULL,
	"message" text NOT NULL,
	"person" text NOT NULL,
	"key" text NOT NULL,
	"workspace" text NOT NULL,
	"opener" jsonb NOT NULL,
	"submit" jsonb,
	"held" jsonb NOT NULL,
	"refusal" text,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "teams_form_address_message_person_pk" PRIMARY KEY("address","message","person")
);
--> statement-breakpoint
CREATE TABLE "countersign"."teams_place" (
	"address" text PRIMARY KEY NOT NULL,
	"service_url" text NOT NULL,
	"conversation" text,
	"account" text,
	"dead" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "countersign"."slack_answered" RENAME TO "answered_message";--> statement-breakpoint
DROP INDEX "countersign"."slack_answered_at";--> statement-breakpoint
ALTER TABLE "countersign"."delivery" ADD COLUMN "noted_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "teams_form_opened" ON "countersign"."teams_form" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "answered_message_at" ON "countersign"."answered_message" USING btree ("at");