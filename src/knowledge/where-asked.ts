/** Canonical fields that say which log an event stands in. */
export const LOG_FIELDS: ReadonlySet<string> = new Set([
  'Channel',
  'Provider_Name',
  'event.category',
  'event.dataset',
  'data_stream.dataset',
  'event.module',
  'event.provider',
  'source',
  'sourcetype',
  'eventtype',
  'index',
  'DeviceVendor',
  'DeviceProduct',
]);

/** The canonical field for the system an event comes from. */
export const SYSTEM_FIELD = 'host.os.type';

/** Canonical fields that hold when an event was recorded: a rule that compares them says how far back it looks. */
export const TIME_FIELDS: ReadonlySet<string> = new Set(['TimeGenerated', 'Timestamp', '@timestamp', '_time']);

/** Canonical fields that say what kind of event it is, or how it came out. */
export const TYPE_FIELDS: ReadonlySet<string> = new Set(['EventType', 'event.type', 'event.action', 'event.outcome', 'type']);
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
  'process',
  'creation',
  'file_create_event',
  'filecreated',
]);

/** Whether a comparison says only that a process began or a file was made. */
export const isBeginning = (field: string, value: string): boolean => TYPE_FIELDS.has(field) && BEGINNINGS.has(value);

/** The ID, in small letters, of the Windows event that a text stands in: `EventCode=4688`, `<EventID>4688<`; null for other texts. */
export const eventIdIn = (text: string): string | null => /^(?:<eventid>|event(?:code|id)=)(\d+)(?:<|<\/eventid>)?$/.exec(text)?.[1] ?? null;
