// Finds what the team calls a part of its system, in the team's own words.
import type { ComponentKind } from './component.ts'
import type { QuestionKey } from './question.ts'

/** A stretch of an answer: `answer.slice(start, end)`. */
export interface Quote {
  question: QuestionKey
  start: number
  end: number
}

const stores =
  /\b(?:Zendesk(?: Guide)?|Confluence(?: wiki)?|SharePoint|Notion|Google Drive|Dropbox|Jira|GitHub|GitLab|ServiceNow|Salesforce|Intercom|pgvector|Pinecone|Weaviate|Qdrant|Milvus|Chroma|FAISS|Elasticsearch|OpenSearch|Azure AI Search)\b/gi
const systems =
  /\b(?:Salesforce|HubSpot|Dynamics(?: 365)?|SAP|Workday|NetSuite|Stripe|PayPal|Adyen|Jira|ServiceNow|Zendesk|Slack|Microsoft Teams|Outlook|Gmail|Google Calendar|GitHub|GitLab|Kubernetes|Terraform|Snowflake|BigQuery|PostgreSQL|MySQL|CRM|ERP|HRIS)\b/gi
const models =
  /\b(?:GPT[- ]?[0-9][\w.-]*|o[1-9](?:-mini|-pro)?\b|Claude(?: [A-Z]\w+)?(?: [0-9][\w.]*)?|Gemini(?: [0-9][\w.]*)?(?: Pro| Flash)?|Llama[- ]?[0-9][\w.-]*|Mi[sx]tral\w*|Qwen[\w.-]*|DeepSeek[\w.-]*|Command R\+?|Nova|Phi-[0-9]\w*|BERT|Whisper|YOLO\w*|XGBoost)/gi
const logs =
  /\b(?:Datadog|Splunk|CloudWatch|Elasticsearch|Kibana|Langfuse|LangSmith|Sentry|Grafana|Loki|BigQuery|Snowflake|S3|Azure Monitor|New Relic)\b/gi
const suppliers =
  /\b(?:LangChain|LangGraph|LlamaIndex|Hugging Face|PyPI|npm|CrewAI|AutoGen|Semantic Kernel|vLLM|Ollama|TensorFlow|PyTorch|MCP servers?)\b/gi
const secrets =
  /\b(?:API[- ]keys?|OAuth tokens?|access tokens?|service account(?: key)?|passwords?|credentials|certificates?|private keys?)\b/gi

const things: Partial<Record<ComponentKind, { known: RegExp; plain: RegExp }>> = {
  model: { known: models, plain: /\b(?:in-house|own|custom) (?:\w+ )?(?:model|classifier|network)\b/gi },
  knowledge_base: {
    known: stores,
    plain:
      /\b(?:\w+ )?(?:knowledge base|wiki|help cent(?:er|re)|vector (?:store|database|index)|document store|retrieval database|handbook|manuals?|policy documents?)\b/gi,
  },
  outside_content: {
    known:
      /\b(?:incoming (?:e-?)?mails?|e-?mails?|web ?pages?|websites?|uploads?|uploaded \w+|attachments?|tickets?|pull requests?|issues|documents from \w+)\b/gi,
    plain: /\b(?:the )?(?:web|internet)\b/gi,
  },
  tool: {
    known: systems,
    plain: /\b(?:[\w-]+ )?(?:API|database|service|tool|shell|terminal|browser|calendar|mailbox)s?\b/gi,
  },
  secret: { known: secrets, plain: /\bkeys?\b/gi },
  log: { known: logs, plain: /\b(?:[\w-]+ )?(?:logs?|log store|traces|telemetry)\b/gi },
  training_set: {
    known:
      /\b(?:tickets|transcripts|chats|conversations|images|photos|scans|public datasets?|Common Crawl|customer data|user uploads)\b/gi,
    plain: /\b(?:[\w-]+ )?(?:data ?sets?|corpus|data)\b/gi,
  },
  supplier: { known: suppliers, plain: /\b(?:open[- ]source )?(?:packages|libraries|plug-?ins|frameworks?)\b/gi },
  consumer: {
    known: systems,
    plain:
      /\b(?:support |service |business )?(?:agent|customer|employee|user|reader|recipient)s?\b|\b(?:web page|frontend|payment system|downstream systems?)\b/gi,
  },
  reviewer: {
    known:
      /\b(?:support|human|clinical|security|credit|fraud|moderation) (?:agents?|reviewers?|analysts?|officers?|operators?)\b/gi,
    plain: /\b(?:an? )?(?:agent|reviewer|analyst|operator|editor|engineer|doctor|clerk)s?\b/gi,
  },
}

/** Sentences that say a thing is absent name nothing. */
const denial = /^\s*(?:none|no|not|nothing|never|n\/a|unknown|without)\b/i

/**
 * The stretches of an answer that name a component of this kind, at most two, in the order they stand.
 * A product known by name wins over a plain noun; an answer that denies names nothing.
 */
export function nameIn(kind: ComponentKind, question: QuestionKey, answer: string | undefined): Quote[] {
  const patterns = things[kind]
  if (!patterns || !answer || denial.test(answer)) return []
  const found = [...answer.matchAll(patterns.known)]
  const matches = found.length > 0 ? found : [...answer.matchAll(patterns.plain)].slice(0, 1)
  const seen = new Set<string>()
  return matches
    .filter(({ 0: text }) => !seen.has(text.toLowerCase()) && seen.add(text.toLowerCase()))
    .slice(0, 2)
    .map((match) => ({ question, start: match.index, end: match.index + match[0].length }))
}
