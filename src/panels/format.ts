import { useEffect, useState } from 'react';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** How long ago, as people say it: "just now", "5 min ago", "2 h ago", "yesterday", "3 Nov", "3 Nov 2024". Both in milliseconds since 1970. */
export function sinceOf(then: number, now: number): string {
  const gone = now - then;
  if (gone < MINUTE) return 'just now';
  if (gone < HOUR) return `${Math.floor(gone / MINUTE)} min ago`;
  const day = new Date(then);
  const today = new Date(now);
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  if (then >= midnight) return `${Math.floor(gone / HOUR)} h ago`;
  if (then >= midnight - 24 * HOUR) return 'yesterday';
  const date = `${day.getDate()} ${MONTHS[day.getMonth()]}`;
  return day.getFullYear() === today.getFullYear() ? date : `${date} ${day.getFullYear()}`;
}

/** How long something has lasted, in milliseconds: "4 s ago", "2 min ago". */
export const agoOf = (gone: number): string => (gone < MINUTE ? `${Math.floor(gone / SECOND)} s ago` : `${Math.floor(gone / MINUTE)} min ago`);

/** The time, renewed so often; in milliseconds. */
export function useNow(every: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** A number and its noun: "1 error", "2 errors", "1,204 rules". */
export const counted = (count: number, noun: string, plural = `${noun}s`): string => `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
