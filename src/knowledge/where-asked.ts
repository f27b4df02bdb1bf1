/** Canonical fields that say which log an event stands in. */
export const LOG_FIELDS: ReadonlySet<string> = new Set([
  'Channel',
  'Provider_Name',
  'event.category',
  'event.dataset',
  'data_stream.dataset',
  'event.module',
  'event.provider',
]);

/** The canonical field for the system an event comes from. */
export const SYSTEM_FIELD = 'host.os.type';

/** Canonical fields that hold when an event was recorded: a rule that compares them says how far back it looks. */
export const TIME_FIELDS: ReadonlySet<string> = new Set(['TimeGenerated', 'Timestamp', '@timestamp', '_time']);

const TYPE_FIELDS: ReadonlySet<string> = new Set(['EventType', 'event.type', 'event.action']);
/** Words, in lower case, by which sources say that a process began or a file was made, which others say with the event itself. */
const BEGINNINGS: ReadonlySet<string> = new Set([
  'start',
  'process_started',
  'process_start',
  'exec',
  'exec_event',
  'executed',
  'processrollup2',
  'processcreated',
  'creation',
  'file_create_event',
  'filecreated',
]);

/** Whether a comparison says only that a process began or a file was made. */
export const isBeginning = (field: string, value: string): boolean => TYPE_FIELDS.has(field) && BEGINNINGS.has(value);
