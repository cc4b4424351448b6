import { describe, expect, it } from 'vitest';
import { parseCron } from './schedule-cron.ts';

const read = (text: string) => {
  const cron = parseCron(text);
  if (!cron.ok) throw new Error(cron.failure.say);
  return cron.value;
};

describe('parseCron', () => {
  it('reads numbers, ranges, steps, lists and names', () => {
    expect(read(' 5,5,0  0-23/8 1-5/2\t*/2 Mon-wed,7 ')).toEqual({
      text: '5,5,0 0-23/8 1-5/2 */2 Mon-wed,7',
      minutes: [0, 5],
      hours: [0, 8, 16],
      daysOfMonth: [1, 3, 5],
      months: [1, 3, 5, 7, 9, 11],
      daysOfWeek: [0, 1, 2, 3],
    });
  });

  it('knows every day from a list of days', () => {
    expect(read('0 0 * * *')).toMatchObject({ daysOfMonth: undefined, daysOfWeek: undefined });
    expect(read('0 0 */1 * */1')).toMatchObject({ daysOfMonth: undefined, daysOfWeek: undefined });
    expect(read('0 0 1-31 JAN,dec 5-7')).toMatchObject({ months: [1, 12], daysOfWeek: [0, 5, 6] });
    expect(read('0 0 1-31 * *').daysOfMonth).toHaveLength(31);
  });

  it.each([
    ['', 'five fields', '"" has 0'],
    ['0 0 * *', 'five fields', 'has 4'],
    ['0 0 0 * * *', 'five fields', 'has 6'],
    ['@daily', 'five fields', 'has 1'],
    ['60 0 * * *', 'minute field "60"', '60 is out of range', '0–59'],
    ['-1 0 * * *', 'minute field "-1"', '"" is not a number'],
    ['0 24 * * *', 'hour field "24"', '24 is out of range', '0–23'],
    ['0 0 0 * *', 'day of month field "0"', '0 is out of range', '1–31'],
    ['0 0 32 * *', 'day of month field "32"', '32 is out of range'],
    ['0 0 * 13 *', 'month field "13"', '13 is out of range', '1–12 or JAN–DEC'],
    ['0 0 * * 8', 'day of week field "8"', '8 is out of range', '0–7 or SUN–SAT'],
    ['0 0 * sun *', 'month field "sun"', '"sun" is not a number'],
    ['0 0 L * *', 'day of month field "L"', '"L" is not a number'],
    ['0 0 15W * *', 'day of month field "15W"', '"15W" is not a number'],
    ['0 0 * * 5#2', 'day of week field "5#2"', '"5#2" is not a number'],
    ['0 0 ? * 1', 'day of month field "?"', '"?" is not a number'],
    ['0 22-4 * * *', 'hour field "22-4"', 'the range "22-4" runs backwards'],
    ['0 1-2-3 * * *', 'hour field "1-2-3"', '"1-2-3" is not a range'],
    ['0 1-x * * *', 'hour field "1-x"', '"x" is not a number'],
    ['0 */0 * * *', 'hour field "*/0"', 'the step of "*/0" is not a number from 1'],
    ['0 */2/3 * * *', 'hour field "*/2/3"', 'the step'],
    ['0 */ * * *', 'hour field "*/"', 'the step'],
    ['5/10 0 * * *', 'minute field "5/10"', 'a step needs a range before it, such as 5-59/10'],
    ['0 *,5 * * *', 'hour field "*,5"', '"*" stands alone'],
    ['0 1, * * *', 'hour field "1,"', '"" is not a number'],
    ['0 1.5 * * *', 'hour field "1.5"', '"1.5" is not a number'],
    ['0 0x10 * * *', 'hour field "0x10"', 'not a number'],
    ['0 007 * * *', 'hour field "007"', 'not a number'],
  ])('refuses "%s" and names field and cause', (text, ...says) => {
    const cron = parseCron(text);
    expect(cron).toMatchObject({ ok: false, failure: { code: 'input-invalid' } });
    for (const say of says) expect(cron.ok ? '' : cron.failure.say).toContain(say);
  });
});
