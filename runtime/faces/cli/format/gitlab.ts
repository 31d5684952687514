/** Findings as GitLab's code quality report. It has no place for what lies in no file, so that stands at the project file. */
import { projectFile } from '../../../index.ts';
import { rangeOf } from '../../data/finding.ts';
import { type Found, named } from './place.ts';

const severities = { error: 'major', warning: 'minor', info: 'info' } as const;

export function gitlabFindings({ diagnostics, sources }: Found, hash: (text: string) => string): string {
  const issues = named(diagnostics, sources).map(({ diagnostic, key }) => {
    const { code, severity, message, span, help } = diagnostic;
    const begin = rangeOf(span, sources)?.start.line ?? 1;
    return {
      description: `${code}: ${help === null ? message : `${message}; ${help}`}`,
      check_name: code,
      fingerprint: hash(key),
      severity: severities[severity],
      location: { path: span?.file ?? projectFile, lines: { begin } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
