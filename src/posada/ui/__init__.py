"""Everything that a page is made of. Live examples of all of it: the specimen page, `ui:specimen`.

Settings: app "posada.ui" and "django_htmx"; `FORM_RENDERER = "posada.ui.forms.Renderer"`; context processors
request, csrf, messages, i18n, and one that gives `frame` (a `posada.ui.frame.Frame`, or None when sealed,
signing in, in error).

**Pages**: `{% extends "ui/base.html" %}{% load i18n ui %}`; blocks:
  title    words for the tab; nothing personal; the site's name is added
  page     classes of the page: page--two (main and aside side by side), page--wide (no limit
           of 72 characters), page--calm (little on it), page--turned (the screen is
           turned round: everything larger)
  above    before the heading (a link back, a stepper); heading: inside the h1; lede: inside one muted p
  main     the content; aside: the second column (below on a phone); scripts: more <script src defer>
  A bare page (frame None) may be given `site_name` and `language_url`.
  confirm page: render "ui/confirm.html" with confirm=posada.ui.parts.Confirm(...) and, if wanted, form.
  locked page: render "ui/cover.html" with sign_in_url. Error pages: 403, 403_csrf, 404, 500.

**Tags** (`{% load ui %}`): `{% icon "lock" %}` `{% icon "lock" "Locked" %}`
  (names: posada.ui.pictures.marks.MARKS);
  `{% badge "wait" "no bed" %}` or `{% badge badge_object %}`, kinds neutral good wait danger note;
  `{% act act_object %}` (posada.ui.parts.Act: a link, or a form of one button with csrf);
  `{% error_summary form other %}`.

**Includes** (dataclasses of posada.ui.parts; anything with the same names serves):
  ui/parts/notice.html       kind (good wait danger note, or a message's level_tag), text, title
  ui/parts/person_card.html  card: MaskedCard(title, line, why, badge, acts, url)
  ui/parts/counts.html       counts: [Count(value, label, url)]         a line of numbers
  ui/parts/tasks.html        tasks: [Task(title, line, badge, act)]     what waits, one act each
  ui/parts/facts.html        facts: [Fact(label, value, when, by)]      an empty value reads "not asked"
  ui/parts/stepper.html      stages: [Stage(label, state done|now|next)]
  ui/parts/tabs.html         tabs: [Tab(label, url, current, count)]
  ui/parts/history.html      lines: [HistoryLine(sentence, when, by)]
  ui/parts/empty.html        title, text, mark (an icon's name), press (an Act)
  ui/parts/aloud.html        block: the id of what is read aloud, by its lang or the page's; local voices only

**Forms**: `<form method="post" novalidate data-main class="stack">{% csrf_token %}{{ form }}`, or by hand
  `{% error_summary form %}` then `{{ form.name.as_field_group }}`, rows as `<div class="fields fields--2">`
  (or --3). `data-main` is the form that Ctrl+Enter sends. A form class may say `voluntary =
  frozenset({"mother"})`. Widgets in posada.ui.forms: SegmentedChoice(choices=, keys={"f": "m"}),
  StackedChoice, StackedMultiple, PlainText, PlainArea, DateOrAge, PhraseInput, CodeInput.

**Classes**: button with button--main (one per page), button--plain, button--quiet, button--danger; acts
  (a row of buttons), acts--apart (the last one stands apart); card with card__head, card__title, card__line,
  card__why and card--good|wait|danger|note|add; cards (a grid of cards); stack, stack--wide (space
  between); cluster (a row that wraps); fields, fields--2, fields--3; panel (a quiet box); table-wrap around
  table (numbers: class num); plain-list; muted; unseen (for screen readers only); waits (dimmed while htmx
  asks); progress (on a progress element); legend; screen-only, print-only; number-card (a number, printed
  large).

**Pictures** (pure functions, safe text): posada.ui.pictures.waterfall.Waterfall (the engine's drawing
  with its table), shown by ui/parts/waterfall.html;
  posada.ui.pictures.family_tree.family_tree(members, ties, title), with ui/parts/tree_legend.html under it;
  posada.ui.pictures.timeline.timeline(strips, length=, today=, title=, today_word=).
  The caller puts a table beside them.

**Scripts** (none is needed): data-key="f" on a control picks it by that key outside of text fields;
  data-main; data-lock; data-still (nothing inside asks for the focus);
  data-hold="form id"; data-reveal="input id"; data-focus (focused on arrival); data-once="no" on a form that
  may be sent twice. Nothing is ever kept in the browser's storage.
"""
