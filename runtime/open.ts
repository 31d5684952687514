/** Opening a session. What one is made of is loaded when it is asked for: a command that asks one question needs none. */
import type { OpenOptions, ProjectSession } from './session/index.ts';

/** Opens the project in a folder. Throws a `Refusal` where it is not sound. */
export async function openProject(folder: string, options: OpenOptions = {}): Promise<ProjectSession> {
  const { openSession } = await import('./session/index.ts');
  return openSession(folder, options);
}
