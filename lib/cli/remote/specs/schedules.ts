import { type Command, Option } from 'commander';
import { scanOptions } from './scans.ts';
import { type Group, inProject, wholeNumber } from './spec.ts';

const load = () => import('../actions/schedules.ts');
const presets = ['weekly', 'every-two-weeks', 'monthly', 'every-two-months'];

const wish = (command: Command): Command =>
  scanOptions(
    inProject(command)
      .addOption(new Option('--preset <preset>', 'usual times').choices(presets).conflicts('cron'))
      .option('--cron <fields>', 'minute, hour, day of month, month, day of week')
      .option('--time-zone <zone>', 'IANA time zone; else that of the cluster')
      .option('--pause', 'keep it without running it')
      .option('--jitter <minutes>', 'start up to so many minutes later, always the same for one cluster', wholeNumber(0, 240)),
  );

export const schedules: Group = {
  name: 'schedules',
  summary: 'when clusters are scanned by themselves',
  specs: [
    {
      name: 'list',
      summary: 'schedules of a cluster',
      args: '<cluster>',
      routes: ['schedules.list'],
      options: inProject,
      examples: ['schedules list production'],
      load: async () => (await load()).listSchedules,
    },
    {
      name: 'show',
      summary: 'the schedule of one kind',
      args: '<cluster> <kind>',
      routes: ['schedules.get'],
      options: inProject,
      examples: ['schedules show production configuration'],
      load: async () => (await load()).showSchedule,
    },
    {
      name: 'set',
      summary: 'make or replace the schedule of one kind',
      args: '<cluster> <kind>',
      routes: ['schedules.set'],
      options: wish,
      examples: [
        'schedules set production configuration --preset weekly',
        "schedules set production configuration --cron '30 2 * * 1-5' --time-zone Europe/Zurich --jitter 30",
      ],
      load: async () => (await load()).setSchedule,
    },
    {
      name: 'preview',
      summary: 'the next five runs of a schedule, without storing it',
      args: '<cluster> <kind>',
      routes: ['schedules.preview'],
      options: wish,
      examples: ["schedules preview production configuration --cron '30 2 1 * *'"],
      load: async () => (await load()).previewSchedule,
    },
    {
      name: 'remove',
      summary: 'end the schedule of one kind',
      args: '<cluster> <kind>',
      routes: ['schedules.delete'],
      options: inProject,
      examples: ['schedules remove production configuration'],
      load: async () => (await load()).removeSchedule,
    },
  ],
};
