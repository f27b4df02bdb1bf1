/* What a text is that is no query of ours, in a few words. */

const SQL =
  /^(?:explain\s+)?(?:(?:select|with)\b(?:[^;|]|\|\|)*?\bfrom\s+[\w."[`]+|(?:insert\s+into|delete\s+from|create\s+(?:or\s+replace\s+)?(?:unique\s+)?(?:table|view|index|function|procedure)|alter\s+table|drop\s+(?:table|index|view)|declare\s+@|grant\s+\w+\s+on|truncate\s+table)\s?|update\s+[\w.]+\s+set\s|show\s+(?:tables|databases|columns)\b)/i;
const LICENCE =
  /\b(?:Licen[cs]e\b[^]{0,400}\b(?:copyright|permission|warrant|redistribut|grant|terms and conditions)|Copyright \(c\)|GNU (?:LESSER )?GENERAL PUBLIC|Permission is hereby granted|Redistribution and use in source|Apache License|released into the public domain)/i;

/** Words that begin a line of a shell and no search; those that may are told by an option or a path behind them. */
const SHELL_LINE =
  /^(?:@echo\b|set\s+-[a-z]\b|(?:cat|grep|egrep|zgrep|awk|sed|ps|ls|echo|journalctl|dmesg|apt(?:-get)?|npm|pip3?)\s[^\n=]*(?:$|\n|\|)|(?:cut|tr|tail|netstat|ss|lsof|kubectl|docker|systemctl|git|jq|xargs|sort|uniq)\s+(?:-|\/|\.\/)[^\n]*)/;

const SHELL =
  /^(?:(?:\$|PS [^>\n]*>|[A-Z]:\\[^>\n]*>|sudo)\s*)?(?:[\w.:\\/-]*\.exe|cmd|powershell|pwsh|bash|sh|curl|wget|certutil|msiexec|rundll32|regsvr32|wmic)\s+[-/]{1,2}[A-Za-z]/i;

const DOCKER =
  /^FROM\s+[\w./-]+(?::[\w.-]+)?(?:\s+AS\s+\w+)?\s*\n\s*(?:RUN|COPY|CMD|ENTRYPOINT|ENV|WORKDIR|USER|EXPOSE|ADD|ARG|LABEL)\b|^FROM\s+[\w./-]+:\d+\.[\w.-]+\s*$/;
const TERRAFORM = /^(?:resource|data|variable|provider|module|terraform|locals|output)\b[^\n{|=]*\{\s*(?:\n|$)/;
/** Lines of programs that no query begins with. */
const PROGRAM =
  /^(?:(?:for|while|if|elif|def|class|try|with)\b[^\n|]*:[ \t]*(?:\n|$)|use\s+\w+(?:::\w+)*;|#include\s|(?:public|private|protected|static|internal)\s+\w+|(?:const|var|local)\s+\w+\s*=|fn\s+\w+\(|func\s+\w+\(|module\.exports|\$\w+\s*=|Dim\s|try\s*\{)/;
/** Lines that each give one value to one name, or begin with a time: a search has other signs beside them. */
const SETTINGS = /^(?:(?:date|time|timestamp|ts|at)\s*=\s*["']?\d{4}-\d\d-\d\d|(?:[A-Za-z_][\w.-]*=[^\s"'*()|]*(?:, ?[\w.]+)*[ \t]*(?:\r?\n|$)){2,}\s*$)/;

/** A name that some product's events alone have, as a search compares it. */
const compared = (names: string, signs: string): RegExp => new RegExp(String.raw`(?:^|[\s(!-])(?:${names})\s*(?:${signs})`);

/**
 * Searches of products whose languages are none of ours, by the words that only they have (each vendor's documentation of its search).
 * Their fields and signs are like ours, so each is told by what ours lack and never by its look alone.
 */
const PRODUCTS: readonly { readonly product: string; readonly marks: readonly RegExp[] }[] = [
  {
    product: 'Google SecOps (UDM)',
    marks: [
      compared(
        String.raw`metadata\.(?:event_type|log_type|product_\w+|vendor_name|event_timestamp)|(?:principal|target|src|observer|intermediary|about)\.(?:hostname|ip|port|mac|url|email|namespace|application|asset|asset_id|administrative_domain|platform|(?:asset|user|process|file|domain|resource|location|registry|group|labels|ip_geo_artifact)\.[\w.]+)|security_result\.\w+`,
        String.raw`!?=(?!=)\s*(?:""|/|\d|\$)`,
      ),
    ],
  },
  {
    product: 'SentinelOne',
    marks: [
      /\b(?:contains|in|matches|equals):(?:anycase|matchcase)\b|\b(?:Not)?(?:Contains|In|Starts?With|Ends?With)CIS\b|\b(?:In|Contains)\s+(?:Contains\s+)?Anycase\b/i,
      /\|\s*columns\s+[\w.]+[ ,]|\|\s*group\s+[\w.]+\s*=\s*\w+\(|\b(?:SrcProc|TgtProc|TgtFile)\w+\s+(?:=|contains|in|regexp|startswith)\b/i,
    ],
  },
  {
    product: 'Carbon Black',
    marks: [
      compared(
        String.raw`childproc_(?:name|md5|sha256|cmdline|count)|netconn_\w+|modload_\w+|filemod_\w+|regmod_\w+|crossproc_\w+|(?:process_|parent_)?cmdline|process_(?:publisher\w*|reputation|cmdline\w*)|digsig_\w+|alliance_score_\w+|device_os`,
        ':',
      ),
      /^(?=[^]*\bparent_name\s*:)(?=[^]*\bprocess_name\s*:)/,
    ],
  },
  {
    product: 'VirusTotal',
    marks: [
      /^\(?entity:(?:file|url|domain|ip|collection|rule)\b/,
      compared(String.raw`p|positives|fs|ls|la|size|submissions|sources`, String.raw`:\s*[\w:-]+[+-](?=[\s)]|$)`),
      /^\(?(?:engines|behaviou?r(?:_\w+)?|similar-to|main_icon_dhash|vhash):\S/,
    ],
  },
  {
    product: 'Censys',
    marks: [
      /\bsame_service\s*\(/,
      compared(
        String.raw`(?:host\.)?services\.(?:service_name|extended_service_name|port|protocol|transport_protocol|banner\w*|certificate|jarm|ja\ds?|software|truncated|http|tls|ssh|smtp|ftp|rdp|smb|dns|cobalt_strike|labels?|endpoints|threats|cert|vulns)(?:\.[\w.]+)?|(?:host\.)?autonomous_system\.(?:asn|name|description|bgp_prefix|country_code)|(?:cert\.)?parsed\.(?:names|subject|issuer|validity\w*|subject_dn|issuer_dn|serial_number)(?:\.\w+)*|web\.endpoints\.[\w.]+`,
        '[:=]',
      ),
      /(?:^|[\s(])services\s*:\s*\(\s*\w+\s*[:=]/,
    ],
  },
  {
    product: 'Gmail',
    marks: [
      compared(
        String.raw`has:(?:attachment|drive|document|spreadsheet|presentation|youtube|(?:no)?userlabels)|in:(?:inbox|spam|trash|anywhere|sent|drafts?|chats|snoozed)|is:(?:unread|read|starred|snoozed|important|muted)|(?:older|newer)_than:\d+[dmy]`,
        String.raw`(?:$|[\s)])`,
      ),
      compared('rfc822msgid|deliveredto', String.raw`:\S`),
      /^(?=[^]*(?:^|[\s(-])(?:from|to|cc|bcc|subject):)(?=[^]*(?:^|[\s(-])(?:after|before|older|newer):\d{4}[/-]\d\d?[/-]\d\d?(?:\s|$))/,
    ],
  },
  {
    product: 'GitHub',
    marks: [
      compared('repo', String.raw`:[\w-]+\/[\w.-]+(?:\s|$)`),
      compared(String.raw`in:(?:file|path|title|body|comments|readme)|is:(?:issue|pr|open|closed|merged|draft|fork|archived)`, String.raw`(?:$|[\s)])`),
      /^(?=[^]*(?:^|[\s(])(?:language|lang|extension):\S)(?=[^]*(?:^|[\s(])(?:repo|org|path|symbol|filename|stars|pushed):\S)(?![^]*\s(?:and|or|AND|TO)\s)/,
    ],
  },
  { product: 'Datadog', marks: [/(?:^|[\s(-])@(?!(?:timestamp|version|metadata|log_name|fields|type|tags|message|source\w*)\b)[A-Za-z_][\w.-]*:\S/] },
  {
    product: 'CrowdStrike (LogScale)',
    marks: [
      /(?:^|[\s(|])#[A-Za-z][\w.]*\s*!?=/,
      /\|\s*(?:groupBy|selectLast|defineTable|selfJoinFilter|timeChart|worldMap)\s*\(|\|\s*(?:table|select|sort|drop)\s*\(\s*\[/,
      /^[\w.:]+\s*=~\s*[a-z]\w+\(/,
    ],
  },
  { product: 'CrowdStrike Falcon (FQL)', marks: [/^[\w.]+:[!<>~*]*(?:\['|''\s*[+,]\s*[\w.]+:)/] },
  {
    product: 'Sumo Logic',
    marks: [/^\(?_(?:sourceCategory|sourceHost|sourceName|source|collector|index|view)\s*=/i, /\|\s*timeslice\s+\d+[smhdw]\b/],
  },
  {
    product: 'Cortex (XQL)',
    marks: [
      /^(?:config\s+[^|]*\|\s*)?(?:dataset|preset|datamodel)\s*(?:=|\bdataset\s*=)[^|]*\|\s*(?:filter|alter|fields|comp|dedup|join|sort|limit|bin|arrayexpand|config|view|call|union)\b/i,
    ],
  },
  { product: 'CloudWatch Logs', marks: [/^(?:fields|filter|stats|parse)\s[^|]*@(?:timestamp|message|logStream|log|ptr)\b/] },
  { product: 'Dynatrace', marks: [/^(?:fetch|timeseries)\s+[\w.]+[^|]*\|\s*\w/] },
  { product: 'InsightIDR (LEQL)', marks: [/^where\s*\([^]*\)\s*(?:groupby|calculate|sort|limit|timeslice)\s*\(/i] },
  { product: 'PantherFlow', marks: [/^panther_(?:logs|signals|views|rule_matches)\./] },
  {
    product: 'Wireshark',
    marks: [
      /^[!(\s]*(?:ip|ipv6|tcp|udp|http2?|dns|tls|eth|frame|arp|icmp|smb2?|kerberos|ldap|dcerpc)(?:\.\w+)+\s*(?:==|!=|>=?|<=?|contains\b|matches\b|in\b|&&|\|\||and\b|or\b|$)/,
    ],
  },
  {
    product: 'Shodan',
    marks: [
      /^(?:(?:port|country|org|asn|net|product|hostname|city|ssl(?:\.[\w.]+)?|http(?:\.[\w.]+)|vuln|os):\S+\s+)*(?:http\.(?:title|favicon\.hash|html|component)|ssl\.(?:cert|jarm)[\w.]*|has_screenshot|vuln):\S+/,
    ],
  },
];

/** A rule of make: what it makes, then a step behind a tab. */
const MAKE = /^(?:[A-Z_]+\s*[:?]?=[^\n]*\n\s*|\.PHONY:[^\n]*\n\s*)*[\w./%-]+(?: [\w./%-]+)*:[^\n=]*\n\t\S/;

/** What a text is that its first words, its form or its names tell to be no query of ours; null where it may be one. `bare`: `head` without comments, its quoted texts emptied. */
export function otherThanQuery(head: string, bare: string): string | null {
  // oxlint-disable-next-line no-control-regex
  if (/\0|^(?:\x89PNG|GIF8|%PDF|PK\x03)/.test(head)) return 'a picture or another binary file';
  const first = bare.trimStart();
  if (/^(?:import\s+""\s*|include\s+""\s*)*(?:(?:private|global)\s+)*rule\s+\w+\s*(?::[^{\n]*)?\s*\{/.test(first))
    return /\bevents\s*:\s/.test(first) ? 'YARA-L' : 'YARA';
  if (/^(?:alert|drop|reject|pass|log)\s+(?:tcp|udp|ip|icmp|http|dns|tls|smb)\s[^(]*\(/.test(first)) return 'Snort or Suricata';
  const sql = first.replace(/^(?:\s|--[^\n]*(?:\n|$))+/, '');
  if (SQL.test(sql)) return 'SQL';
  if (/^<[?!a-z]/i.test(first)) return 'XML or HTML';
  if (/^[{[]/.test(first) && /^(?:\[\s*)?\{\s*(?:""\s*:|\})/.test(first)) return 'JSON';
  if (/^#!|^(?:import|package|using|function|def|class|param)\s+[\w.{(]+[^\n|]*\n/.test(first) && !/\|/.test(first.slice(0, 200))) return 'a program';
  if (SHELL.test(first) || SHELL_LINE.test(first)) return 'commands of a shell';
  if (DOCKER.test(first)) return 'a Dockerfile';
  if (TERRAFORM.test(first)) return 'Terraform';
  if (MAKE.test(first)) return 'a Makefile';
  if (PROGRAM.test(first)) return 'a program';
  if (SETTINGS.test(first)) return 'settings or log lines';
  const product = PRODUCTS.find(({ marks }) => marks.some((mark) => mark.test(first)));
  if (product !== undefined) return `a search of ${product.product}`;
  if (LICENCE.test(head.slice(0, 1500)) && !/\|/.test(bare)) return 'a licence';
  return null;
}
