import { hour, minute } from '../../core/time.ts';

/** `1h30m` as milliseconds; the schema has vouched for the text. */
export const durationMs = (text: string): number => {
  const [, hours = '0', minutes = '0', seconds = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? [];
  return Number(hours) * hour + Number(minutes) * minute + Number(seconds) * 1000;
};

/** An age as people say it: `3 days`, `26 hours`, `5 minutes`. */
export const ageText = (ms: number): string => {
  const hours = Math.floor(ms / hour);
  const [count, unit] =
    hours >= 72 ? [Math.floor(hours / 24), 'day'] : hours >= 1 ? [hours, 'hour'] : [Math.max(0, Math.floor(ms / minute)), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
