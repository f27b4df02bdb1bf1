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

/** The canonical field for whether what happened went well. */
export const OUTCOME_FIELD = 'event.outcome';

/** Canonical fields that say what kind of event it is, which way it went, or how it came out. */
export const TYPE_FIELDS: ReadonlySet<string> = new Set([
  'EventType',
  'event.type',
  'event.action',
  OUTCOME_FIELD,
  'type',
  'event_type',
  'EmailDirection',
  'DeliveryAction',
  'Initiated',
]);
/** Canonical fields that say how an event came out in numbers or words of their own, with those, in lower case, that say that it went well. */
const SUCCESSES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['ResultType', new Set(['0', 'success'])],
  ['ResultStatus', new Set(['succeeded', 'success', 'true'])],
  ['errorCode', new Set(['success'])],
  ['sc-status', new Set(['200'])],
  ['EventResult', new Set(['success'])],
  ['ConditionalAccessStatus', new Set(['success'])],
]);

/** Whether a comparison says only that what happened went well. */
export const isSuccess = (field: string, value: string): boolean => SUCCESSES.get(field)?.has(value) === true;

/** Whether a comparison says only that a value of a registry is a switch or another small number: which one its key tells. */
export const isSwitch = (field: string, value: string): boolean => field === 'Details' && /^(?:dword \()?(?:0x0*)?\d{1,2}\)?$/.test(value);

/** A step that the paths of many registry keys begin with, in lower case. */
const ROOT =
  /^(?:registry|machine|user|hklm|hkcu|hku|hkey_\w+|system|(?:current)?controlset\d*|control|software|wow6432node|microsoft|windows(?: nt)?|currentversion)?$/;

/** Whether a comparison says only in which large part of a registry a key lies. */
export const isRoot = (field: string, value: string): boolean => field === 'TargetObject' && value.split('\\').every((step) => ROOT.test(step));

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
  'ingress.event.procstart',
  'file_create_event',
  'filecreated',
]);

/** Whether a comparison says only that a process began or a file was made. */
export const isBeginning = (field: string, value: string): boolean => TYPE_FIELDS.has(field) && isBeginningWord(value);

/** Whether a word says, wherever it stands, that a process began or a file was made. */
export const isBeginningWord = (word: string): boolean => BEGINNINGS.has(word);

/** The ID, in small letters, of the Windows event that a text stands in: `EventCode=4688`, `<EventID>4688<`; null for other texts. */
export const eventIdIn = (text: string): string | null => /^(?:<?eventid>|event(?:code|id)=)(\d+)(?:<|<\/eventid>)?$/.exec(text)?.[1] ?? null;
