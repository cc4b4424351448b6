import { minorText, readGateVersion } from '../../../core/gate/index.ts';
import { day, timeOf } from '../../../core/time.ts';
import { type CheckAnswer, defineGateCheck, fails, isUnknown, namesText, passes } from '../../check.ts';
import { byMinor, removedBetween, removedLaterThan } from '../../removals.ts';
import { callName, goingCalls, servedRows, withinData } from './going.ts';

/** An API server that was started later has not seen those who come once a week. */
const enoughDays = 7;

export const removedCallers = defineGateCheck({
  id: 'api.removed-callers',
  category: 'api',
  title: 'Nobody asks for an API version that the target no longer serves',
  severity: 'critical',
  why: 'A program that asks for a version which is gone gets errors from the first minute after the upgrade, and no object tells of those who only read.',
  repair: 'Find the programs by their user agent in the audit log (annotation k8s.io/deprecated), and update them before the upgrade.',
  links: [
    'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
    'https://kubernetes.io/docs/reference/using-api/deprecation-policy/',
  ],
  reads: [],
  mayRead: ['apiUse', 'servedApis'],
  evaluate: ({ apiUse, servedApis, upgrade, now }): CheckAnswer => {
    const { current, target } = upgrade;
    const calls = apiUse.read ? goingCalls(apiUse.value.calls, removedLaterThan(current)) : [];
    const bad = calls.filter(({ removedIn }) => {
      const gone = readGateVersion(removedIn);
      return gone && byMinor(gone, current) > 0 && byMinor(gone, target) <= 0;
    });
    if (bad.length > 0) {
      const named = bad.map((one) => callName(one, upgrade));
      return fails(`Somebody asks for what ${minorText(target)} does not serve: ${namesText(named)}.`, named);
    }
    const rows = removedBetween(current, target).filter(({ seenIn }) => seenIn === undefined);
    if (rows.length === 0) return withinData(upgrade, passes('This upgrade crosses no removal of an API version.'));
    if (servedApis.read && servedRows(rows, servedApis.value).length === 0)
      return withinData(upgrade, passes('The cluster serves none of the versions that go: nobody can be asking for them.'));
    if (!apiUse.read) return isUnknown(`Could not look: ${apiUse.reason}`);
    const { since, apiServers } = apiUse.value;
    if (since === undefined) return isUnknown('When the API server was started is not known: that it tells of no use proves nothing.');
    if (timeOf(now) - timeOf(since) < enoughDays * day)
      return isUnknown(`The API server has counted only since ${since}: silence of less than ${enoughDays} days proves nothing.`);
    if (apiServers > 1) return isUnknown(`Only one of ${apiServers} API servers told what it was asked for; it knows of no use.`);
    return withinData(upgrade, passes(`Nobody has asked for a version that goes since ${since}.`));
  },
});
