/**
 * The script of the catalogue, which stands beside its pages: the search of the index and its filters. What is looked for stands in
 * the page's address, so that it can be sent and gone back to. Pages without an index only get the key that leads to the search.
 */
(() => {
  const input = document.getElementById('q');
  const all = document.getElementById('all');
  document.addEventListener('keydown', event => {
    const isWriting = /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key !== '/' || isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  if (all === null) return;

  const results = document.getElementById('results');
  const list = results.querySelector('ul');
  const found = document.getElementById('found');
  const filters = [...document.querySelectorAll('[data-filter]')];
  const mostShown = 60;

  /** Words without accents and capitals; a name is found as a whole and by its parts. */
  const wordsOf = text => {
    const folded = text
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase();
    return [...new Set((folded.match(/[\p{L}\p{N}_]+/gu) ?? []).flatMap(word => [word, ...word.split('_')]))].filter(
      Boolean,
    );
  };
  const entries = [...all.querySelectorAll('li[data-names]')].map(item => ({
    item,
    names: wordsOf(item.dataset.names),
    words: wordsOf(item.dataset.words),
  }));

  /** How many letters are wrong, missing, too many or in each other's place; more than `most` is as good as any. */
  const slips = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const isSame = one[i - 1] === other[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
        const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (isSwapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[other.length];
  };

  /** How well a word answers to what was written: itself, its beginning, a part of it, nearly it, or 0. */
  const likeness = (written, word) => {
    if (word === written) return 100;
    if (word.startsWith(written)) return 80;
    if (written.length >= 3 && word.includes(written)) return 50;
    const most = written.length >= 8 ? 2 : written.length >= 4 ? 1 : 0;
    if (most === 0) return 0;
    const nearest = Math.min(slips(written, word, most), slips(written, word.slice(0, written.length), most));
    return nearest <= most ? 30 - 5 * nearest : 0;
  };

  const known = new Map();
  const likenessTo = (written, word) => {
    const key = `${written} ${word}`;
    if (!known.has(key)) known.set(key, likeness(written, word));
    return known.get(key);
  };
  const best = (written, words) => words.reduce((most, word) => Math.max(most, likenessTo(written, word)), 0);

  /** How well each word that was written is found; names weigh more than what is said. */
  const scoresOf = ({ names, words }, wanted) =>
    wanted.map(written => Math.max(best(written, names), best(written, words) / 4));
  const sumOf = scores => scores.reduce((sum, score) => sum + score, 0);

  /** What has every word; where nothing has, what has some of them. Of two that are found as well, the shorter name is meant. */
  const hitsAmong = (passing, wanted) => {
    const scored = passing.map(entry => ({ ...entry, scores: scoresOf(entry, wanted) }));
    const whole = scored.filter(({ scores }) => scores.every(score => score > 0));
    const hits = whole.length > 0 ? whole : scored.filter(({ scores }) => sumOf(scores) > 0);
    return hits.sort((a, b) => sumOf(b.scores) - sumOf(a.scores) || a.names.length - b.names.length);
  };

  const passes = item =>
    filters.every(({ value, dataset: { filter } }) => {
      if (value === '') return true;
      const has = item.getAttribute(`data-${filter}`) ?? '';
      return filter === 'tag' ? has.split(' ').includes(value) : has === value;
    });

  const show = () => {
    known.clear();
    const folded = input.value
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase();
    const wanted = folded.match(/[\p{L}\p{N}_]+/gu) ?? [];
    const isFiltered = filters.some(({ value }) => value !== '');
    const passing = entries.filter(({ item }) => passes(item));
    const hits = wanted.length === 0 ? [] : hitsAmong(passing, wanted);
    list.replaceChildren(...hits.slice(0, mostShown).map(({ item }) => copyOf(item)));
    results.hidden = wanted.length === 0 || hits.length === 0;
    all.hidden = wanted.length > 0;
    for (const { item } of entries) item.hidden = isFiltered && !passes(item);
    for (const part of all.querySelectorAll('.file')) part.hidden = part.querySelector('li:not([hidden])') === null;
    const count = wanted.length > 0 ? hits.length : passing.length;
    const isAsked = wanted.length > 0 || isFiltered;
    found.textContent = !isAsked
      ? ''
      : count === 0
        ? found.dataset.none
        : found.dataset.text.replace('{n}', String(count));
    remember();
  };

  const copyOf = item => {
    const copy = item.cloneNode(true);
    copy.hidden = false;
    return copy;
  };

  const remember = () => {
    const asked = new URLSearchParams();
    if (input.value.trim() !== '') asked.set('q', input.value.trim());
    for (const { name, value } of filters) if (value !== '') asked.set(name, value);
    const text = asked.toString();
    try {
      history.replaceState(null, '', text === '' ? location.pathname : `?${text}`);
    } catch {
      // Some browsers keep the address of a file as it is.
    }
    for (const link of document.querySelectorAll('a[hreflang]')) link.search = text;
  };

  /** Up and down from the search along what is found, and back. */
  const move = event => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const links = [...document.querySelectorAll('.entries li:not([hidden]) a')].filter(
      link => link.offsetParent !== null,
    );
    const at = links.indexOf(document.activeElement);
    if (at === -1 && document.activeElement !== input) return;
    event.preventDefault();
    const next = event.key === 'ArrowDown' ? at + 1 : at - 1;
    (links[next] ?? (next < 0 ? input : links[at])).focus();
  };

  const asked = new URLSearchParams(location.search);
  input.value = asked.get('q') ?? '';
  for (const filter of filters) filter.value = asked.get(filter.name) ?? '';
  for (const filter of filters) if (filter.selectedIndex === -1) filter.value = '';
  document.getElementById('filters').hidden = false;
  input.addEventListener('input', show);
  for (const filter of filters) filter.addEventListener('change', show);
  input.form.addEventListener('submit', event => {
    event.preventDefault();
    list.querySelector('a')?.focus();
  });
  document.addEventListener('keydown', move);
  show();
})();
