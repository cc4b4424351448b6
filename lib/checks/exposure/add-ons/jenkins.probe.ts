import { defineProbe } from '../probe.ts';
import { asksForLogin, decidedBy, isCalled, says } from './signs.ts';

export const jenkins = defineProbe({
  id: 'exposure/add-ons/jenkins',
  covers: ['ADD-05'],
  title: 'Jenkins shows nothing to somebody without a login',
  severity: 'high',
  why: 'Jenkins builds and deploys with stored credentials; its script console runs anything as Jenkins.',
  repair: 'Turn security on with a matrix that gives nothing to `Anonymous` (and not the script console to anybody but administrators).',
  techniques: ['T1133', 'T1609'],
  references: ['https://www.jenkins.io/doc/book/security/access-control/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of Jenkins, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [8080],
    recognise: (door) => door.greeting.page?.headers['x-jenkins'] !== undefined || isCalled(door, /jenkins/),
  },
  ...decidedBy(
    {
      path: '/script',
      shows: (answer, of, door) => answer.headers['x-jenkins'] !== undefined && says(/Script Console/)(answer, of, door),
      outcome: 'fail',
      severity: 'critical',
      message: 'Jenkins opens its script console to anybody: whoever reaches it runs programs as Jenkins.',
      found: 'the script console',
    },
    {
      path: '/api/json?tree=mode',
      shows: (answer, of, door) => answer.headers['x-jenkins'] !== undefined && says(/"_class"\s*:\s*"hudson\./)(answer, of, door),
      outcome: 'fail',
      message: 'Jenkins lets anybody read without a login.',
      found: 'its programming interface',
    },
    {
      path: '/api/json?tree=mode',
      shows: (answer) => answer.headers['x-jenkins'] !== undefined && asksForLogin(answer),
      outcome: 'pass',
      message: 'Jenkins asks for a login.',
      found: 'a login is asked for',
    },
  ),
});
