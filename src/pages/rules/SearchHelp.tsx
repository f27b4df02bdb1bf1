interface SearchHelpProps {
  readonly id: string;
  /** Adds an example to the search. */
  readonly onAdd: (example: string) => void;
}

/** What can be asked: parts of a search, what they find, and examples. */
const PARTS: readonly (readonly [part: string, finds: string, ...examples: string[]])[] = [
  ['words', 'anywhere in a rule: titles first, then values, fields, terms and authors; quotes keep words together', 'netstat', '"net use"'],
  ['field:', 'what a rule filters on, by its own name or the corpus’ common one', 'field:process_name', 'field:ParentImage'],
  ['value:', 'what a rule compares with; in quotes the whole value', 'value:net.exe', 'value:"powershell.exe"'],
  ['kind:', 'how a rule compares, or what kind of rule it is', 'kind:regex_match', 'kind:"building block"'],
  ['field: value: kind:', 'one after another: all of one and the same comparison', 'field:process_name value:net.exe', 'kind:cidr_match value:10*'],
  ['excludes:', 'a field or value that a rule leaves out', 'excludes:mscorsvw.exe'],
  [
    'indicator: exclusion:',
    'exactly the rules that a figure counts: canonical field, comparison and value in quotes',
    'indicator:"process_name eq net.exe"',
    'exclusion:"User ends_with $"',
  ],
  ['counted:', 'yes: what guides and figures count; no: hunting queries kept apart, forwarded alerts, filters, what is only listed', 'counted:no'],
  ['technique:', 'an ATT&CK ID with its sub-techniques, or a word of its name', 'technique:T1049', 'technique:kerberoasting'],
  ['term:', 'a word that a Splunk search looks for anywhere in an event', 'term:netstat'],
  ['event:', 'an event the rule reads: its ID, provider or title', 'event:4688', 'event:Sysmon'],
  ['vendor: source: severity: status: platform: domain: tactic: language:', 'what the lists on the left choose', 'vendor:elastic severity:high', 'level:high'],
  ['author: path: logsource: id: title:', 'words of these', 'author:roth', 'path:aws'],
  ['created: modified:', 'a date, or how it begins', 'modified:2026-07'],
  ['name= name:', 'a field by its own name: what rules compare it with, after = the whole value', 'process_name=net.exe', 'TargetObject:CurrentVersion'],
  ['- NOT', 'a - before a key, or NOT before anything: leaves out what it finds', '-vendor:sigma', 'NOT javascript'],
  ['*', 'stands for anything inside a value', 'value:c:\\*\\temp\\*'],
  ['sort:', 'the order, as a column’s head sets it; a - before it turns it round', 'sort:-modified'],
];

/** The language of the search, each line with examples that can be tried. */
export const SearchHelp = ({ id, onAdd }: SearchHelpProps) => (
  <section id={id} className="searchhelp" aria-label="How to search" data-scrolls>
    <dl>
      {PARTS.map(([part, finds, ...examples]) => (
        <div key={part}>
          <dt>
            <code>{part}</code>
          </dt>
          <dd>
            {finds}{' '}
            {examples.map((example) => (
              <button key={example} type="button" className="chip" title="Add to the search" onClick={() => onAdd(example)}>
                <code>{example}</code>
              </button>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </section>
);
