import { RE2JS } from 're2js';
import { refused } from '../dialect';
import { regexOf } from '../regex';
import type { Value } from '../value';

/** A pattern that cuts a text into columns. */
interface Cutter {
  readonly names: readonly string[];
  /** Null: the text does not fit. */
  readonly cut: (text: string) => Readonly<Record<string, Value>> | null;
}

interface Key {
  readonly name: string;
  readonly isAppended: boolean;
  readonly order: number;
  readonly isSkipped: boolean;
  readonly isPadded: boolean;
}

/** `%{a} - %{b}`: texts between what stands between the keys; `->` skips repeats, `+` joins, `?` and no name leave out. */
export function dissected(pattern: string, separator: string): Cutter {
  const keys: Key[] = [];
  const between: string[] = [];
  let from = 0;
  for (const found of pattern.matchAll(/%\{([^}]*)\}/g)) {
    between.push(pattern.slice(from, found.index));
    from = found.index + found[0].length;
    const written = found[1]!;
    const isPadded = written.endsWith('->');
    const body = isPadded ? written.slice(0, -2) : written;
    if (/^[*&]/.test(body)) throw refused('dissect with a key from the text');
    const [, sign, name, place] = /^([+?]?)(.*?)(?:\/(\d+))?$/s.exec(body)!;
    keys.push({ name: name!, isAppended: sign === '+', order: Number(place ?? 0), isSkipped: sign === '?' || name === '', isPadded });
  }
  between.push(pattern.slice(from));
  if (keys.length === 0) throw refused('dissect without a key');
  const names = [...new Set(keys.filter(({ isSkipped }) => !isSkipped).map(({ name }) => name))];
  return {
    names,
    cut(text) {
      if (!text.startsWith(between[0]!)) return null;
      let at = between[0]!.length;
      const parts = new Map<string, { text: string; order: number }[]>();
      for (const [index, key] of keys.entries()) {
        const after = between[index + 1]!;
        let end = text.length;
        if (after !== '') {
          end = text.indexOf(after, at);
          if (end < 0) return null;
        } else if (index < keys.length - 1) throw refused('dissect with two keys side by side');
        const value = text.slice(at, end);
        at = end + after.length;
        if (key.isPadded && after !== '') while (text.startsWith(after, at)) at += after.length;
        if (key.isSkipped) continue;
        const known = parts.get(key.name);
        if (known === undefined || !keys.some(({ name, isAppended }) => name === key.name && isAppended))
          parts.set(key.name, [{ text: value, order: key.order }]);
        else known.push({ text: value, order: key.order });
      }
      if (at < text.length && between.at(-1) !== '') return null;
      const made: Record<string, Value> = Object.create(null);
      for (const [name, list] of parts) {
        const sorted = list.some(({ order }) => order > 0) ? list.toSorted((a, b) => a.order - b.order) : list;
        made[name] = sorted.map((part) => part.text).join(separator);
      }
      return made;
    },
  };
}

/** Grok's usual patterns, as Elasticsearch documents them. */
const GROK: Readonly<Record<string, string>> = {
  USERNAME: '[a-zA-Z0-9._-]+',
  USER: '%{USERNAME}',
  EMAILLOCALPART: "[a-zA-Z0-9!#$%&'*+\\-/=?^_`{|}~]{1,64}(?:\\.[a-zA-Z0-9!#$%&'*+\\-/=?^_`{|}~]{1,62})*",
  EMAILADDRESS: '%{EMAILLOCALPART}@%{HOSTNAME}',
  INT: '(?:[+-]?(?:[0-9]+))',
  BASE10NUM: '(?:[+-]?(?:(?:[0-9]+(?:\\.[0-9]+)?)|(?:\\.[0-9]+)))',
  NUMBER: '(?:%{BASE10NUM})',
  BASE16NUM: '(?:[+-]?(?:0x)?(?:[0-9A-Fa-f]+))',
  POSINT: '\\b(?:[1-9][0-9]*)\\b',
  NONNEGINT: '\\b(?:[0-9]+)\\b',
  WORD: '\\b\\w+\\b',
  NOTSPACE: '\\S+',
  SPACE: '\\s*',
  DATA: '.*?',
  GREEDYDATA: '.*',
  QUOTEDSTRING: '(?:"(?:\\\\.|[^\\\\"])*"|\'(?:\\\\.|[^\\\\\'])*\')',
  QS: '%{QUOTEDSTRING}',
  UUID: '[A-Fa-f0-9]{8}-(?:[A-Fa-f0-9]{4}-){3}[A-Fa-f0-9]{12}',
  IPV4: '(?:(?:25[0-5]|2[0-4][0-9]|[0-1]?[0-9]{1,2})\\.){3}(?:25[0-5]|2[0-4][0-9]|[0-1]?[0-9]{1,2})',
  IPV6: '(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f.]{0,15}(?:%\\w+)?',
  IP: '(?:%{IPV6}|%{IPV4})',
  HOSTNAME: '\\b(?:[0-9A-Za-z][0-9A-Za-z-]{0,62})(?:\\.(?:[0-9A-Za-z][0-9A-Za-z-]{0,62}))*\\.?\\b',
  IPORHOST: '(?:%{IP}|%{HOSTNAME})',
  HOSTPORT: '%{IPORHOST}:%{POSINT}',
  URIPROTO: '[A-Za-z][A-Za-z0-9+.-]+',
  URIHOST: '%{IPORHOST}(?::%{POSINT})?',
  URIPATH: "(?:/[\\w$.+!*'(){},~:;=@#%&-]*)+",
  URIPARAM: "\\?[\\w$.+!*'|(){},~@#%&/=:;?\\[\\]<>-]*",
  URIPATHPARAM: '%{URIPATH}(?:%{URIPARAM})?',
  UNIXPATH: '(?:/[\\w_%!$@:.,+~-]*)+',
  WINPATH: '(?:[A-Za-z]+:|\\\\)(?:\\\\[^\\\\?*]*)+',
  PATH: '(?:%{UNIXPATH}|%{WINPATH})',
  MONTH:
    '\\b(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]un(?:e)?|[Jj]ul(?:y)?|[Aa]ug(?:ust)?|[Ss]ep(?:tember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)\\b',
  MONTHNUM: '(?:0?[1-9]|1[0-2])',
  MONTHDAY: '(?:(?:0[1-9])|(?:[12][0-9])|(?:3[01])|[1-9])',
  DAY: '(?:Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)',
  YEAR: '(?:\\d\\d){1,2}',
  HOUR: '(?:2[0123]|[01]?[0-9])',
  MINUTE: '(?:[0-5][0-9])',
  SECOND: '(?:(?:[0-5]?[0-9]|60)(?:[:.,][0-9]+)?)',
  TIME: '%{HOUR}:%{MINUTE}(?::%{SECOND})?',
  ISO8601_TIMEZONE: '(?:Z|[+-]%{HOUR}(?::?%{MINUTE}))',
  TIMESTAMP_ISO8601: '%{YEAR}-%{MONTHNUM}-%{MONTHDAY}[T ]%{HOUR}:?%{MINUTE}(?::?%{SECOND})?%{ISO8601_TIMEZONE}?',
  LOGLEVEL:
    '(?:[Aa]lert|ALERT|[Tt]race|TRACE|[Dd]ebug|DEBUG|[Nn]otice|NOTICE|[Ii]nfo|INFO|[Ww]arn?(?:ing)?|WARN?(?:ING)?|[Ee]rr?(?:or)?|ERR?(?:OR)?|[Cc]rit?(?:ical)?|CRIT?(?:ICAL)?|[Ff]atal|FATAL|[Ss]evere|SEVERE|EMERG(?:ENCY)?|[Ee]merg(?:ency)?)',
};

/** `%{NUMBER:n:int}`: a regex with named patterns in it. A name that stands several times gives several values. */
export function grokked(pattern: string): Cutter {
  const columns: { readonly name: string; readonly type: string }[] = [];
  let size = 0;
  const expand = (text: string, depth: number): string => {
    if (depth > 12 || ++size > 400) throw refused('a grok pattern that is too deep');
    return text.replace(/%\{(\w+)(?::([^:}]+))?(?::(\w+))?\}/g, (_, known: string, name?: string, type?: string) => {
      const inner = GROK[known];
      if (inner === undefined) throw refused(`the grok pattern \`${known}\``);
      const body = expand(inner, depth + 1);
      if (name === undefined) return `(?:${body})`;
      columns.push({ name, type: type ?? '' });
      return `(?P<c${columns.length - 1}x>${body})`;
    });
  };
  const expanded = expand(pattern, 0).replace(/\(\?<([\w.@-]+)>/g, (_, name: string) => {
    columns.push({ name, type: '' });
    return `(?P<c${columns.length - 1}x>`;
  });
  const ready = regexOf({ text: expanded, dialect: 're2', flags: '' }, false);
  if (ready.refused !== undefined) throw refused(ready.refused);
  const { re } = ready as { readonly re: RE2JS };
  return {
    names: [...new Set(columns.map(({ name }) => name))],
    cut(text) {
      const matcher = re.matcher(text);
      if (!matcher.find()) return null;
      const made: Record<string, Value> = Object.create(null);
      columns.forEach(({ name, type }, index) => {
        const found = matcher.group(`c${index}x`);
        if (found === null) return;
        const value = converted(found, type);
        const known = made[name];
        made[name] = known === undefined || known === null ? value : [...(Array.isArray(known) ? (known as readonly Value[]) : [known]), value];
      });
      return made;
    },
  };
}

function converted(text: string, type: string): Value {
  switch (type) {
    case '':
    case 'string':
      return text;
    case 'int':
    case 'long':
      return /^[-+]?\d+$/.test(text) ? BigInt(text) : null;
    case 'float':
    case 'double':
      return type === 'float' ? Math.fround(Number(text)) : Number(text);
    case 'boolean':
      return text === 'true';
    default:
      throw refused(`the type \`${type}\` in grok`);
  }
}
