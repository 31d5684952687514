/** Figures for Prometheus. No name of the project, of a role or of a user is in them. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Origin, ProjectSession } from '../../index.ts';

export interface Figures {
  readonly answered: (request: { readonly route: string; readonly status: number; readonly seconds: number }) => void;
  readonly given: (origin: Origin | 'stream') => void;
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function openFigures(session: ProjectSession): Figures {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'sextant_http_requests_total',
    help: 'Requests by route and status.',
    labelNames: ['route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'sextant_http_request_seconds',
    help: 'How long requests took, by route.',
    labelNames: ['route'],
    buckets,
    registers,
  });
  const answers = new Counter({
    name: 'sextant_answers_total',
    help: 'Answers by where they came from: the warehouse, a question under way, what is kept, or a stream.',
    labelNames: ['origin'],
    registers,
  });
  const measured = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  measured('sextant_questions_running', 'Questions that are being answered.', () => session.running.questions);
  measured('sextant_streams_running', 'Streams that are open.', () => session.running.streams);
  measured('sextant_model_builds_good', 'How often the project was read and used.', () => session.builds.good);
  measured('sextant_model_builds_failed', 'How often the project was read in vain.', () => session.builds.failed);
  measured('sextant_model_is_stale', '1 when the files are not those that answers are given from.', () =>
    session.problem === null ? 0 : 1,
  );
  measured('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  return {
    answered: request => {
      requests.inc({ route: request.route, status: String(request.status) });
      seconds.observe({ route: request.route }, request.seconds);
    },
    given: origin => answers.inc({ origin }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
