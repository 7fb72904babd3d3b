// Where to begin: the programs that the gallery shows first, each by its path in tests/programs and with a title.

export interface Shelf {
  title: string;
  programs: [path: string, title: string][];
}

export const shelves: Shelf[] = [
  {
    title: "Gradients",
    programs: [
      ["autograd/chain_rule", "The chain rule"],
      ["autograd/fan_out", "A value used twice"],
      ["autograd/broadcasting_gradient", "Broadcasting"],
      ["autograd/matmul_gradient", "A product of matrices"],
      ["autograd/dynamic_graph", "A graph with an if in it"],
      ["autograd/hook", "A hook on the way"],
    ],
  },
  {
    title: "Descent",
    programs: [
      ["optim/scalar_training_loop", "The smallest training loop"],
      ["optim/learning_rates", "Learning rates"],
      ["optim/sgd_momentum", "Momentum"],
      ["optim/rosenbrock", "Rosenbrock's valley"],
      ["optim/newtons_method", "Newton's method"],
      ["plots/descent_on_contours", "A path over contours"],
    ],
  },
  {
    title: "Networks",
    programs: [
      ["training/linear_regression", "A straight line"],
      ["training/xor", "XOR"],
      ["training/two_layer_net_by_hand", "A network by hand"],
      ["training/moons", "Two moons"],
      ["training/stripes_with_convolution", "Convolution"],
      ["training/sine_with_rnn", "A recurrent network"],
      ["training/attention_copy", "Attention"],
      ["training/character_mlp", "A language model of letters"],
      ["training/variational_autoencoder", "A variational autoencoder"],
    ],
  },
  {
    title: "Beyond the first derivative",
    programs: [
      ["autograd/second_derivative", "The second derivative"],
      ["autograd/gradient_penalty", "A loss made of a gradient"],
      ["training/differential_equation", "A differential equation"],
      ["autograd/jacobian_and_hessian", "Jacobian and Hessian"],
      ["autograd/custom_function", "An operator of your own"],
      ["autograd/forward_mode", "Forward mode"],
    ],
  },
  {
    title: "What goes wrong",
    programs: [
      ["optim/forgotten_zero_grad", "A forgotten zero_grad()"],
      ["autograd/second_backward_error", "backward() twice"],
      ["autograd/inplace_saved_error", "A changed value"],
    ],
  },
  {
    title: "Pictures",
    programs: [
      ["plots/curves", "Curves"],
      ["plots/three_dimensions", "Surfaces"],
      ["plots/live_fit", "A fit while it learns"],
    ],
  },
];
