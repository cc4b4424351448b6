import { type Command, Option } from 'commander';
import { eventTypes } from '../../../core/event-type.ts';
import { repeated } from '../../options.ts';
import { type Group, inProject, pagedInProject } from './spec.ts';

const load = () => import('../actions/webhooks.ts');
const event = (command: Command): Command =>
  command.addOption(new Option('--event <event>', `event that is sent; may be repeated: ${eventTypes.join(', ')}`).argParser(repeated));

export const webhooks: Group = {
  name: 'webhooks',
  summary: 'where the events of a project are posted to',
  specs: [
    {
      name: 'list',
      summary: 'webhooks of a project',
      routes: ['webhooks.list'],
      options: pagedInProject,
      examples: ['webhooks list'],
      load: async () => (await load()).listWebhooks,
    },
    {
      name: 'show',
      summary: 'one webhook with its last delivery',
      args: '<webhook>',
      routes: ['webhooks.get'],
      options: inProject,
      examples: ['webhooks show whk-0123456789ab'],
      load: async () => (await load()).showWebhook,
    },
    {
      name: 'create',
      summary: 'make a webhook; the secret that signs what it sends is shown once',
      args: '<url>',
      routes: ['webhooks.create'],
      options: (command) => event(inProject(command)).option('--no-active', 'switched off'),
      examples: ['webhooks create https://hooks.example.com/gatehouse --event scan.failed --event finding.new-critical'],
      load: async () => (await load()).createWebhook,
    },
    {
      name: 'update',
      summary: 'change address or events, or switch it on or off; events that are given replace those there',
      args: '<webhook>',
      routes: ['webhooks.update'],
      options: (command) =>
        event(inProject(command))
          .option('--url <url>', 'new address')
          .option('--active', 'switch it on')
          .option('--no-active', 'switch it off'),
      examples: ['webhooks update whk-0123456789ab --no-active'],
      load: async () => (await load()).updateWebhook,
    },
    {
      name: 'delete',
      summary: 'delete a webhook and its secret',
      args: '<webhook>',
      routes: ['webhooks.delete'],
      options: inProject,
      examples: ['webhooks delete whk-0123456789ab'],
      load: async () => (await load()).deleteWebhook,
    },
    {
      name: 'rotate-secret',
      summary: 'make a new secret, shown once; the old one signs, too, until `end-old-secret`',
      args: '<webhook>',
      routes: ['webhooks.rotateSecret'],
      options: inProject,
      examples: ['webhooks rotate-secret whk-0123456789ab'],
      load: async () => (await load()).rotateSecret,
    },
    {
      name: 'end-old-secret',
      summary: 'end the secret that was replaced, once receivers know the new one',
      args: '<webhook>',
      routes: ['webhooks.endOldSecret'],
      options: inProject,
      examples: ['webhooks end-old-secret whk-0123456789ab'],
      load: async () => (await load()).endOldSecret,
    },
    {
      name: 'test',
      summary: 'send a test event now',
      args: '<webhook>',
      routes: ['webhooks.test'],
      options: inProject,
      examples: ['webhooks test whk-0123456789ab'],
      one: 'it was sent, and the receiver did not take it',
      load: async () => (await load()).testWebhook,
    },
  ],
};
