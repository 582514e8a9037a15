/** @type {import("stylelint").Config} */
export default {
  extends: ["stylelint-config-standard"],
  rules: {
    // Space, corners and sizes of text come from shared/tokens.css; up to 3px is a line, not a space.
    "declaration-property-value-disallowed-list": {
      "/^(margin|padding|gap|row-gap|column-gap)/": ["/\\b([4-9]|\\d{2,})px/", "/\\drem/"],
      "border-radius": ["/\\dpx/", "/\\drem/"],
      "/^font(-size)?$/": ["/\\dpx/", "/\\drem/"],
    },
    // The three widths that shared/tokens.css tells of.
    "media-feature-name-value-allowed-list": {
      "max-width": ["40rem", "61.99rem"],
      "min-width": ["62rem", "110rem"],
    },
    // The colours of a theme are read one under the other.
    "color-hex-length": "long",
    // A group of custom properties is one block.
    "custom-property-empty-line-before": null,
    // Tablets of before 2023 know no `width <= 40rem`.
    "media-feature-range-notation": "prefix",
    // A sheet goes down the page, part by part, with what is special of a part beside it.
    "no-descending-specificity": null,
    // Django's admin has names of its own; ours are kebab-case.
    "selector-class-pattern": [
      "^([a-z][a-z0-9]*)(-[a-z0-9]+)*$|^has_original$|^vCheckboxLabel$",
      {},
    ],
    // Names of colours and fonts are written as their makers write them.
    "value-keyword-case": ["lower", { camelCaseSvgKeywords: true, ignoreKeywords: ["Georgia"] }],
    // Safari knows these two only so.
    "property-no-vendor-prefix": [
      true,
      { ignoreProperties: ["-webkit-box-decoration-break", "-webkit-text-size-adjust"] },
    ],
  },
  overrides: [
    {
      // Django's admin has measures of its own; in a plot a pixel is a unit of the drawing.
      files: ["static/css/admin/*.css", "static/css/teachers/{paper,plots}.css"],
      rules: { "declaration-property-value-disallowed-list": null },
    },
  ],
};
