CREATE TABLE "countersign"."slack_answered" (
	"key" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "countersign"."slack_file" (
	"team" text NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"file" text NOT NULL,
	CONSTRAINT "slack_file_team_content_hash_pk" PRIMARY KEY("team","content_hash")
);
--> statement-breakpoint
CREATE TABLE "countersign"."slack_installation" (
	"key" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "slack_answered_at" ON "countersign"."slack_answered" USING btree ("at");--> statement-breakpoint
CREATE INDEX "delivery_address" ON "countersign"."delivery" USING btree ("surface","address");