import { CAPS, type Sink } from './sink';

/** Cuts text into lines without their ends (LF, CRLF, CR before LF only). A line that is too long is said and passed over. */
export function splitLines(sink: Sink, onLine: (line: string, number: number) => void): { push: (text: string) => void; end: () => void } {
  let rest: string[] = [];
  let length = 0;
  let number = 1;

  function take(line: string): void {
    if (length > CAPS.event) sink.problem('line', number, `The line has more than ${CAPS.event} characters; it was passed over.`);
    else onLine(line.endsWith('\r') ? line.slice(0, -1) : line, number);
    rest = [];
    length = 0;
    number++;
  }

  return {
    push(text) {
      let from = 0;
      for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
        const piece = text.slice(from, to);
        from = to + 1;
        length += piece.length;
        if (sink.isStopped()) return;
        take(rest.length === 0 ? piece : length > CAPS.event ? '' : rest.join('') + piece);
      }
      if (from < text.length) {
        length += text.length - from;
        if (length <= CAPS.event) rest.push(text.slice(from));
        else rest = [''];
      }
    },
    end() {
      if (length > 0 && !sink.isStopped()) take(rest.join(''));
    },
  };
}
