/** Where texts and rules are read from, from the project's root. `astro build` puts its own copy in this place (src/build/). */
export const contentFolder = 'content';
