/**
 * How the parts of a Windows event are named when it lies flat. What the event says of itself keeps its own name, what Windows says around it (`System`)
 * has the element's name, or element and attribute joined: `EventID`, `Provider_Name`, `TimeCreated_SystemTime`.
 */
const SYSTEM = new Set([
  'Provider',
  'Provider_Name',
  'Provider_Guid',
  'Provider_EventSourceName',
  'EventID',
  'EventID_Qualifiers',
  'Version',
  'Level',
  'Task',
  'Opcode',
  'Keywords',
  'TimeCreated',
  'TimeCreated_SystemTime',
  'EventRecordID',
  'Correlation',
  'Correlation_ActivityID',
  'Correlation_RelatedActivityID',
  'Execution',
  'Execution_ProcessID',
  'Execution_ThreadID',
  'Channel',
  'Computer',
  'Security',
  'Security_UserID',
]);

/** Elements of `System` that hold a whole number and are given as one; everything else in a Windows event is text. */
export const SYSTEM_NUMBERS: ReadonlySet<string> = new Set(['EventID', 'Version', 'Level', 'Task', 'Opcode', 'EventRecordID']);

/** The name of a part outside `System`: its own, or with its section before it where `System` has that name (`UserData_Channel`). */
export const nameIn = (section: string, name: string): string => (section !== 'System' && SYSTEM.has(name) ? `${section}_${name}` : name);

/** Whether an attribute only says how XML is to be read. */
export const isNamespace = (attribute: string): boolean => attribute === 'xmlns' || attribute.startsWith('xmlns:');
