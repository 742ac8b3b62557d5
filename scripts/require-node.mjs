// Runs before every command, on whatever Node there is: plain JavaScript of an old kind, because a Node that
// cannot run TypeScript cannot say so either. On Linux the repository's own Node is first on the PATH by now.

const [major, minor] = process.versions.node.split('.').map(Number)
const runsTypeScript = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)

if (!runsTypeScript) {
  console.error(
    `This needs Node 22.18 or later, and this is Node ${process.versions.node}. On Linux "npm run setup" ` +
      `installs one for this repository; there is none for ${process.platform} ${process.arch}, or it is not ` +
      'installed yet. Run "npm run setup", or install a newer Node from https://nodejs.org.',
  )
  process.exit(1)
}
