/** A whole page: title, language, style and body in, the text of the file out. Nothing is fetched that its policy does not name. */
import { all, type Markup, tag } from './markup.ts';

export interface PageParts {
  readonly language: string;
  readonly title: string;
  /** What may be loaded beside nothing at all: `style-src 'unsafe-inline'`. */
  readonly policy: string;
  /** Styles and scripts. */
  readonly head: readonly Markup[];
  readonly body: readonly (Markup | null)[];
}

export function pageText({ language, title, policy, head, body }: PageParts): string {
  const html = tag(
    'html',
    { lang: language },
    tag(
      'head',
      {},
      tag('meta', { charset: 'utf-8' }),
      tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      tag('meta', { 'http-equiv': 'Content-Security-Policy', content: `default-src 'none'; ${policy}` }),
      tag('title', {}, title),
      ...head,
    ),
    tag('body', {}, all(...body)),
  );
  return `<!doctype html>\n${html.html}`;
}
