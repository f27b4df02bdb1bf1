/** A rule with a text in one case only and a field that no other language has. */
export const TEXT = String.raw`title: T
name: t
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\net.exe'
        CommandLine|contains|cased:
            - ' use'
            - ' view'
        OddField: x
    condition: selection
`;
