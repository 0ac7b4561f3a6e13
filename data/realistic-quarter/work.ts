import type { ScenarioWorkflow } from '../../models/scenario/schema.ts';
import { randomSequence, seasons, type Topic, weeks } from './calendar.ts';

const SEED = 2027;

/** Handling time / (handling + available time): callers cannot wait, e-mails can. */
const occupancyOf: Record<string, number> = { voice: 0.8, chat: 0.85, social: 0.85, email: 0.9 };

type WorkflowExtras = Omit<Partial<ScenarioWorkflow>, 'id' | 'name' | 'channel' | 'skills' | 'demand'> & {
  /** Skills beyond the language, and beyond `voice` on the phone. */
  needs?: string[];
  /** Contacts in single weeks, instead of what the season gives. */
  contactsIn?: Record<number, number>;
};

/**
 * One row a workflow: what it is about, its language and channel, contacts in an average week, reference AHT in seconds
 * (for chat with its concurrency taken off), and what else it needs.
 */
type WorkflowRow = readonly [
  topic: Topic,
  language: string,
  channel: 'voice' | 'chat' | 'email' | 'social',
  contacts: number,
  ahtSeconds: number,
  extras: WorkflowExtras,
];

const sensitive = { needs: ['trust'], securityTier: 3, complexity: 3 };
const card = { needs: ['payments'], securityTier: 2, controls: ['pci'], complexity: 2 };

const workflowRows: readonly WorkflowRow[] = [
  ['orders', 'en', 'voice', 7500, 420, { shortfallCostPerHour: 95 }],
  ['orders', 'en', 'chat', 9000, 360, { shortfallCostPerHour: 80 }],
  ['orders', 'en', 'email', 6000, 480, waiting(120, 1.4, 40)],
  ['returns', 'en', 'voice', 4200, 480, { complexity: 2, shortfallCostPerHour: 90 }],
  ['returns', 'en', 'chat', 5400, 420, { complexity: 2, shortfallCostPerHour: 75 }],
  ['returns', 'en', 'email', 5000, 540, { complexity: 2, ...waiting(160, 1.2, 90) }],
  // Card payments on the phone stay onshore.
  ['billing', 'en', 'voice', 3600, 540, { ...card, allowedCountries: ['US'] }],
  ['billing', 'en', 'email', 2800, 600, { ...card, ...waiting(80, 2.2, 20) }],
  ['account-recovery', 'en', 'voice', 1800, 720, { ...sensitive, controls: ['us-persons'] }],
  ['fraud-review', 'en', 'email', 1500, 900, { ...sensitive, controls: ['clean-room'], ...waiting(60, 6) }],
  ['technical', 'en', 'chat', 3000, 720, { needs: ['technical'], complexity: 3, shortfallCostPerHour: 85 }],
  ['social', 'en', 'social', 6000, 240, { shortfallCostPerHour: 45 }],
  ['orders', 'es', 'voice', 4000, 450, { shortfallCostPerHour: 90 }],
  ['orders', 'es', 'chat', 3600, 390, { shortfallCostPerHour: 75 }],
  ['returns', 'es', 'email', 2600, 540, { complexity: 2, ...waiting(90, 1.2, 40) }],
  ['billing', 'es', 'voice', 1800, 540, { ...card, shortfallCostPerHour: 110 }],
  ['social', 'es', 'social', 2400, 240, { shortfallCostPerHour: 45 }],
  ['orders', 'pt', 'chat', 2200, 390, { shortfallCostPerHour: 75 }],
  ['returns', 'pt', 'email', 1500, 540, { complexity: 2, ...waiting(60, 1.2, 15) }],
  ['billing', 'pt', 'voice', 1000, 540, { ...card, shortfallCostPerHour: 110 }],
  ['orders', 'fr', 'voice', 1800, 480, { shortfallCostPerHour: 95 }],
  ['orders', 'fr', 'chat', 1200, 420, { shortfallCostPerHour: 80 }],
  ['returns', 'fr', 'email', 1300, 570, { complexity: 2, ...waiting(50, 1.3, 15) }],
  ['orders', 'de', 'voice', 1700, 510, { shortfallCostPerHour: 95 }],
  ['returns', 'de', 'email', 1500, 600, { complexity: 2, ...waiting(60, 1.3, 20) }],
  // German card data stays in the European Union.
  ['billing', 'de', 'voice', 800, 600, { ...card, allowedCountries: ['PT'], shortfallCostPerHour: 120 }],
  ['orders', 'it', 'voice', 1000, 480, { shortfallCostPerHour: 90 }],
  ['orders', 'it', 'chat', 800, 420, { shortfallCostPerHour: 75 }],
  ['returns', 'it', 'email', 900, 570, { complexity: 2, ...waiting(40, 1.3, 10) }],
  ['orders', 'ja', 'voice', 1400, 570, { shortfallCostPerHour: 110 }],
  ['returns', 'ja', 'email', 1100, 630, { complexity: 2, ...waiting(50, 1.6, 15) }],
  ['billing', 'ja', 'voice', 600, 630, { ...card, deniedCountries: ['IN'], shortfallCostPerHour: 130 }],
  // Each Korean contact takes 1/6 of a team hour. In week 10 the 2,688 contacts are just what Tokyo KO and Manila KO
  // can do: 448 hours, not one to spare. It is the degenerate week.
  ['orders', 'ko', 'voice', 900, 480, { shortfallCostPerHour: 110, contactsIn: { 10: 1188 } }],
  ['orders', 'ko', 'chat', 1200, 510, { shortfallCostPerHour: 90, contactsIn: { 10: 1500 } }],
];

/** Work that may wait for a later week. */
function waiting(maxHours: number, costPerHourPeriod: number, openingHours = 0): WorkflowExtras {
  return { backlog: { maxHours, costPerHourPeriod, openingHours } };
}

export const workflows: ScenarioWorkflow[] = workflowRows.map(
  ([topic, language, channel, average, ahtSeconds, extras], row) => {
    const { needs = [], contactsIn = {}, ...rest } = extras;
    const variation = randomSequence(SEED + row);
    return {
      id: topic === channel ? `${topic}-${language}` : `${topic}-${language}-${channel}`,
      name: nameOf(topic, language, channel),
      channel,
      skills: [language, ...(channel === 'voice' ? ['voice'] : []), ...needs],
      occupancy: occupancyOf[channel],
      ...rest,
      demand: weeks.map((week, i) => {
        // Up to 4 % above or below the season, in tens of contacts.
        const usual = average * seasons[topic][i] * (0.96 + 0.08 * variation());
        return { period: week.id, contacts: contactsIn[i + 1] ?? 10 * Math.round(usual / 10), ahtSeconds };
      }),
    };
  },
);

function nameOf(topic: string, language: string, channel: string): string {
  const words = topic === channel ? topic : `${topic.replace('-', ' ')} ${channel}`;
  return `${words[0].toUpperCase()}${words.slice(1)} ${language.toUpperCase()}`;
}
