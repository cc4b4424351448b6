import type { SuiteProgress } from './facts.ts';
import { readTestName } from './test-name.ts';

/** Seconds that a conformance test takes on average, in recorded runs of whole suites. */
const recordedSeconds = 17;
/** Tests that must have run before their own pace says more than the recorded one. */
const enough = 20;

const span = (seconds: number): string => {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** How far the suite is, for people: `10 passed, 1 failed, 435 to go, about 2 h 3 min; failed: [sig-node] Pods should be …`. */
export const progressText = ({ selected, passed, failed, failures }: SuiteProgress, elapsedSeconds: number): string => {
  const done = passed + failed;
  const left = selected === undefined ? undefined : Math.max(0, selected - done);
  const pace = done >= enough ? elapsedSeconds / done : recordedSeconds;
  const named = failures.slice(-3).map(({ name }) => readTestName(name).name.slice(0, 90));
  const more = failed - named.length;
  return [
    `${passed} passed, ${failed} failed`,
    left === undefined ? '' : left === 0 ? ', all done' : `, ${left} to go, about ${span(left * pace)}`,
    named.length > 0 ? `; failed: ${named.join('; ')}${more > 0 ? ` and ${more} more` : ''}` : '',
  ].join('');
};
