/**
 * Macros every Splunk author knows, of the Common Information Model, Enterprise Security and Splunk's own content: they change how results look or how
 * summaries are read, never which events count.
 */
const SHAPING: ReadonlySet<string> = new Set(
  'drop_dm_object_name security_content_ctime security_content_summariesonly summariesonly oldsummaries allow_old_summaries ctime uitime settags noop'.split(
    ' ',
  ),
);

/** The name in a macro's text with its backticks. */
const macroName = (written: string): string => /^`?\s*([\w.:-]*)/.exec(written)?.[1] ?? '';

/** Whether a macro, as written, changes how results look and nothing else. */
export const isShaping = (written: string): boolean => SHAPING.has(macroName(written));

/** Whether it is the place that Splunk's content leaves for its reader's own exclusions. */
export const isOwnFilter = (written: string): boolean => macroName(written).endsWith('_filter');

/** What an unread macro is called: by its text, backticks included. */
export const macroNote = (written: string): string => `${isOwnFilter(written) ? "the author's own filter" : 'macro'} ${written.replace(/\s+/g, ' ')}`;
